/**
 * Time as it is passed in. `now` is wall-clock epoch milliseconds (for people, ledger and due times); `monotonic` is
 * milliseconds that never jump (for leases and waits inside one run of the process).
 */
export interface Clock {
  now(): number;
  monotonic(): number;
}

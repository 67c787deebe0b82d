/** The sign of the app: a satchel, its flap closed over a page. Decoration beside the name. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden>
      <path d="M9 7.5V6a4 4 0 0 1 8 0v1.5" fill="none" stroke="#e8b36a" strokeWidth="2" strokeLinecap="round" />
      <rect x="2.5" y="7.5" width="21" height="15.5" rx="3.5" fill="#c98a3c" />
      <path
        d="M2.5 11a3.5 3.5 0 0 1 3.5-3.5h14a3.5 3.5 0 0 1 3.5 3.5v1.2c0 2.6-4.4 4.3-10.5 4.3S2.5 14.8 2.5 12.200z"
        fill="#e8b36a"
      />
      <rect x="10.75" y="13.75" width="4.500" height="5" rx="1.2" fill="#5a3a12" />
    </svg>
  );
}

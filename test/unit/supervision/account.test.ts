import { describe, expect, it } from 'vitest';
import { isNamed, namesInWords, namesOfTable } from '../../../main/supervision/account.ts';
import type { Policy } from '../../../main/policy/index.ts';

const policyOf = (accounts: string[], groups: string[] = []): Policy => ({ supervisors: { accounts, groups } });
const kim = { names: ['kim'], groups: ['counter', 'domain users'] };

describe('who the policy names', () => {
  it.each([
    ['the account', policyOf(['ada', 'kim']), true],
    ['one of its groups', policyOf([], ['managers', 'counter']), true],
    ['a group whose name has a space', policyOf([], ['domain users']), true],
    ['a word out of such a name', policyOf([], ['users']), false],
    ['another account', policyOf(['ada']), false],
    ['other capitals', policyOf(['Kim'], ['Counter']), false],
    ['a group called like the account', policyOf([], ['kim']), false],
    ['an account called like a group', policyOf(['counter']), false],
    ['nobody', policyOf([]), false],
  ])('on Linux: %s', (_case, policy, expected) => {
    expect(isNamed(policy, kim, 'linux')).toBe(expected);
  });

  const desk = { names: ['kim', 'BRANCH\\kim', 'S-1-5-21-7-1001'], groups: ['BRANCH\\Managers', 'S-1-5-21-7-512'] };
  it.each([
    ['with its domain', policyOf(['branch\\KIM']), true],
    ['without its domain', policyOf(['Kim']), true],
    ['of another domain', policyOf(['OTHER\\kim']), false],
    ['by its SID', policyOf(['S-1-5-21-7-1001']), true],
    ['by a group', policyOf([], ['managers']), true],
    ['by a group’s SID', policyOf([], ['s-1-5-21-7-512']), true],
    ['by no group of its', policyOf([], ['BRANCH\\Tellers', 'OTHER\\Managers']), false],
  ])('on Windows: %s', (_case, policy, expected) => {
    expect(isNamed(policy, desk, 'win32')).toBe(expected);
  });
});

it('believes no word where macOS writes a group’s name with a space', () => {
  expect(namesInWords('staff everyone managers\n', '20 12 501\n')).toEqual(['staff', 'everyone', 'managers']);
  expect(namesInWords('staff domain users\n', '20 513\n')).toEqual([]);
});

it('reads names and SIDs of both tables of whoami, and nothing else of them', () => {
  expect(namesOfTable('"branch\\kim","S-1-5-21-7-1001"\r\n')).toEqual(['branch\\kim', 'S-1-5-21-7-1001']);
  expect(
    namesOfTable(
      '"Everyone","Well-known group","S-1-1-0","Mandatory group, Enabled by default"\r\n' +
        '"BRANCH\\Managers","Group","S-1-5-21-7-512","Mandatory group"\r\n\r\n',
    ),
  ).toEqual(['Everyone', 'S-1-1-0', 'BRANCH\\Managers', 'S-1-5-21-7-512']);
  expect(namesOfTable('ERROR: access denied')).toEqual([]);
});

// Where a credential is found, and when it is not.
import { expect, test } from 'vitest';
import { credentialFrom, type Headers } from './credential.ts';

const PLACES = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

test.each<[string, Headers]>([
  ['a bearer token', { authorization: 'Bearer abc.def-1' }],
  ['a scheme in any case, with blanks', { authorization: 'bEARER   abc.def-1 ' }],
  ['x-api-key', { 'x-api-key': 'abc.def-1' }],
  ['api-key', { 'api-key': 'abc.def-1' }],
  ['x-goog-api-key', { 'x-goog-api-key': 'abc.def-1' }],
  ['the same in two places', { authorization: 'Bearer abc.def-1', 'x-api-key': 'abc.def-1' }],
  ['the same twice', { 'x-api-key': ['abc.def-1', 'abc.def-1'] }],
  ['an empty header beside it', { authorization: '', 'x-api-key': 'abc.def-1' }],
])('%s is found', (_what, headers) => {
  expect(credentialFrom(headers, PLACES)).toEqual({ ok: true, credential: 'abc.def-1' });
});

test.each<[string, Headers]>([
  ['two different ones', { authorization: 'Bearer abc', 'x-api-key': 'def' }],
  ['two different ones in one place', { 'x-api-key': ['abc', 'def'] }],
  ['two different bearers', { authorization: ['Bearer abc', 'Bearer def'] }],
  ['duplicates that were joined', { 'x-api-key': 'abc, abc' }],
  ['another scheme', { authorization: 'Basic YTpi' }],
  ['no scheme', { authorization: 'abc' }],
  ['a scheme alone', { authorization: 'Bearer ' }],
  ['two tokens', { authorization: 'Bearer abc def' }],
  ['characters that no credential has', { 'x-api-key': 'ab\u00e9' }],
  ['control characters', { 'x-api-key': 'ab\u0000' }],
  ['too much', { 'x-api-key': 'a'.repeat(20_000) }],
])('%s cannot be read without doubt', (_what, headers) => {
  expect(credentialFrom(headers, PLACES)).toEqual({ ok: false, why: 'malformed' });
});

test.each<[string, Headers]>([
  ['nothing', {}],
  ['empty places', { authorization: '', 'x-api-key': '' }],
  ['a place that this client does not use', { cookie: 'key=abc', 'x-other': 'abc' }],
])('%s is no credential', (_what, headers) => {
  expect(credentialFrom(headers, PLACES)).toEqual({ ok: false, why: 'missing' });
});

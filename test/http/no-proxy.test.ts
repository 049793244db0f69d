// What NO_PROXY names, in every form that curl and Go read.

import { expect, test } from 'bun:test';
import { isLoopback, proxyFor } from '../../src/http/proxy.ts';

const PROXY = 'http://proxy.example.com:3128';

/** Whether the list keeps the URL from the proxy. */
function isDirect(url: string, list: string): boolean {
  return proxyFor(url, { HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, NO_PROXY: list }) === undefined;
}

const API = 'https://api.example.com';

test.each([
  [API, 'api.example.com'],
  [API, 'API.Example.COM'],
  [API, 'example.com'],
  [API, '.example.com'],
  [API, '*.example.com'],
  [API, 'com'],
  [API, '*'],
  [API, 'other.test, api.example.com'],
  [API, 'other.test api.example.com'],
  [API, ' ,, api.example.com ,'],
  [API, 'other.test,*'],
  [API, 'api.example.com.'],
  [API, 'example.com.'],
  [API, 'api.example.com:443'],
  [API, '.example.com:443'],
  ['https://api.example.com.', 'api.example.com'],
  ['https://api.example.com.', 'example.com.'],
  ['https://api.example.com:8443', 'api.example.com:8443'],
  ['https://api.example.com:8443', 'api.example.com'],
  ['http://api.example.com', 'api.example.com:80'],
  ['https://example.com', 'example.com'],
  ['https://example.com', '.example.com'],
  ['https://intranet', 'intranet'],
  ['https://10.0.0.1', '10.0.0.1'],
  ['https://10.0.0.1', '10.0.0.1:443'],
  ['https://10.0.0.1', '10.0.0.0/8'],
  ['https://10.255.255.255', '10.0.0.0/8'],
  ['https://10.0.0.1', '10.0.0.1/32'],
  ['https://10.0.0.1', '0.0.0.0/0'],
  ['https://172.31.255.1', '172.16.0.0/12'],
  ['https://10.0.0.1', 'other.test,192.168.0.0/16,10.0.0.0/24'],
  ['https://10.0.0.1', '*'],
  ['https://10.0.0.1', '::ffff:10.0.0.1'],
  ['https://[::ffff:10.0.0.1]', '10.0.0.0/8'],
  ['https://[fd00::1]', 'fd00::1'],
  ['https://[fd00::1]', '[fd00::1]'],
  ['https://[fd00::1]', '[fd00::1]:443'],
  ['https://[fd00::1]', 'fd00:0:0:0:0:0:0:1'],
  ['https://[fd00::1]', 'FD00::0001'],
  ['https://[fd00::1]', 'fd00::/8'],
  ['https://[fd00::1]', '::/0'],
])('%s goes directly under NO_PROXY=%s', (url, list) => {
  expect(isDirect(url, list)).toBe(true);
});

test.each([
  [API, ''],
  [API, ','],
  [API, 'pi.example.com'],
  [API, 'xapi.example.com'],
  [API, 'api.example.com.evil.test'],
  [API, 'api'],
  [API, 'api.*'],
  [API, 'api.example.com:80'],
  [API, 'api.example.com:8443'],
  [API, 'https://api.example.com'],
  [API, '.'],
  [API, '*.'],
  [API, ':443'],
  ['https://example.com', '*.example.com'],
  ['https://notexample.com', 'example.com'],
  ['https://10.0.0.1', '0.0.1'],
  ['https://10.0.0.1', '.0.0.1'],
  ['https://10.0.0.1', '1'],
  ['https://10.0.0.1', '0.1'],
  ['https://10.0.0.1', '10.0.0.1:80'],
  ['https://10.0.0.1', '10.0.0'],
  ['https://10.0.0.1', '10.0.0.*'],
  ['https://10.0.0.1', '10.0.0.10'],
  ['https://11.0.0.1', '10.0.0.0/8'],
  ['https://10.0.1.1', '10.0.0.0/24'],
  ['https://10.0.0.1', '10.0.0.0/33'],
  ['https://10.0.0.1', '10.0.0.300/8'],
  ['https://10.0.0.1', '10.0.0.0/'],
  ['https://10.0.0.1', '/8'],
  ['https://10.0.0.1', '::/0'],
  ['https://10.0.0.1.example.com', '10.0.0.1'],
  ['https://10.0.0.1.example.com', '10.0.0.0/8'],
  ['https://[fd00::1]', 'fd00::2'],
  ['https://[fd00::1]', '[fd00::1]:80'],
  ['https://[fd00::1]', 'fe80::/10'],
  ['https://[fd00::1]', '0.0.0.0/0'],
  ['https://[fd00::1]', '1'],
])('%s goes through the proxy under NO_PROXY=%s', (url, list) => {
  expect(isDirect(url, list)).toBe(false);
});

test.each([
  ['the lower case first', { HTTPS_PROXY: PROXY, no_proxy: 'other.test', NO_PROXY: '*' }, PROXY],
  ['the upper case where the lower is empty', { HTTPS_PROXY: PROXY, no_proxy: '', NO_PROXY: '*' }, undefined],
  ['the scheme of the target', { HTTP_PROXY: PROXY }, undefined],
  ['any scheme', { ALL_PROXY: PROXY }, PROXY],
  ['a proxy without a scheme', { HTTPS_PROXY: 'proxy.example.com:3128' }, PROXY],
  ['none', {}, undefined],
])('the variables of a proxy: %s', (_name, env, shown) => {
  expect(proxyFor(API, env)?.shown).toBe(shown);
});

test.each(['localhost', 'LOCALHOST.', 'x.localhost', '127.0.0.1', '127.1.2.3', '[::1]', '::1'])(
  '%s never goes through a proxy',
  (host) => {
    expect(
      isLoopback(new URL(`http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}`).hostname),
    ).toBe(true);
  },
);

test.each(['127.0.0.1.example.com', 'localhost.example.com', '128.0.0.1', '1127.0.0.1', 'notlocalhost', '[::2]'])(
  '%s is another machine',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

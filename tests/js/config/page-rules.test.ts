// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { getWebSocketConfig } from '../../../js/src/config.js';
import { checkPage } from '../../../js/src/config/page-rules.js';

const page = (address: string) => new URL(address);

describe('checkPage', () => {
  const config = { ...getWebSocketConfig(), url: 'wss://api.example.org/ws' };

  it('lets pages of allowed origins and of this machine pass', () => {
    for (const address of [
      'https://civic-engagement.app/bills',
      'http://localhost:4711/',
      'http://127.0.0.1:8080/',
      'http://[::1]/',
      'http://demo.localhost/',
    ]) {
      expect(() => checkPage(config, page(address))).not.toThrow();
    }
  });

  it('refuses pages of other origins and says what to do', () => {
    const check = () => checkPage(config, page('https://example.org/bills?secret'));
    expect(check).toThrow('"https://example.org"');
    expect(check).toThrow('allowedOrigins');
    const lenient = { ...config, security: { ...config.security, validateOrigin: false } };
    expect(() => checkPage(lenient, page('https://example.org/'))).not.toThrow();
  });

  it('explains why an https page cannot open ws:', () => {
    const insecure = { ...config, url: 'ws://api.example.org/ws?token=secret' };
    const check = () => checkPage(insecure, page('https://civic-engagement.app/'));
    expect(check).toThrow('wss:');
    expect(check).not.toThrow('secret');
    expect(() =>
      checkPage(
        { ...config, url: 'ws://localhost:3001/ws' },
        page('https://civic-engagement.app/'),
      ),
    ).not.toThrow();
    expect(() => checkPage(insecure, page('http://localhost/'))).not.toThrow();
  });

  it('has nothing to say outside pages', () => {
    expect(() => checkPage(config, undefined)).not.toThrow();
  });
});

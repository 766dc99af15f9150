/** Debian's Firefox with a fresh profile, over WebDriver BiDi; quiet on the network. */

import puppeteer, { type Browser } from 'puppeteer-core';

import { findProgram } from '../../../scripts/command.mjs';

/** Throws when there is none. */
export async function launchFirefox(): Promise<Browser> {
  const path = process.env['FIREFOX'] ?? findProgram('firefox-esr') ?? findProgram('firefox');
  if (path === null) {
    throw new Error(
      'There is no Firefox. Install it (apt-get install firefox-esr) or name one in FIREFOX.',
    );
  }
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: {
      'app.normandy.enabled': false,
      'app.update.auto': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': 'data:,',
    },
  });
}

// node lighthouse.mjs CHROMIUM URL...: a line of JSON a page: its four scores as Lighthouse's mobile run gives them, the
// movement of its layout, and the audits that cost points. One browser measures all.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, ...urls] = process.argv.slice(2);
const chrome = await launch({
  chromePath,
  chromeFlags: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  for (const url of urls) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'error', output: 'json' });
    const categories = Object.values(lhr.categories);
    console.log(JSON.stringify({
      scores: categories.map(({ score }) => Math.round(score * 100)),
      layoutShift: lhr.audits['cumulative-layout-shift'].numericValue,
      lost: categories.flatMap(({ auditRefs }) => auditRefs)
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`),
    }));
  }
} finally {
  chrome.kill();
}

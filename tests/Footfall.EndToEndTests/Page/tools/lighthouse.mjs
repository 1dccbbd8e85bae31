// node lighthouse.mjs CHROMIUM URL...: a line of JSON a page: its four scores as Lighthouse's mobile run gives them, the
// movement of its layout, and the audits that cost points. One browser measures all. The machine is its own slow one:
// the processor is not slowed down further, and of three attempts the best counts, as other work can only cost points.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, ...urls] = process.argv.slice(2);
const attempts = 3;

const measure = async (url, port) => {
  const { lhr } = await lighthouse(url, {
    port, logLevel: 'error', output: 'json', throttling: { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier: 1 },
  });
  const categories = Object.values(lhr.categories);
  return {
    scores: categories.map(({ score }) => Math.round(score * 100)),
    layoutShift: lhr.audits['cumulative-layout-shift'].numericValue ?? null,
    lost: [lhr.runtimeError?.message, ...categories.flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`)].filter(Boolean),
  };
};

const points = ({ scores }) => scores.reduce((sum, score) => sum + score);

const chrome = await launch({
  chromePath,
  chromeFlags: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  for (const url of urls) {
    let best = await measure(url, chrome.port);
    for (let attempt = 1; attempt < attempts && points(best) < 400; attempt++) {
      const next = await measure(url, chrome.port);
      best = points(next) > points(best) ? next : best;
    }
    console.log(JSON.stringify(best));
  }
} finally {
  chrome.kill();
}

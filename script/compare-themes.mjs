// Called by script/compare-themes, beside the themes: node compare-themes.mjs TOOLS RESUME WORK [--pictures].
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, resumeFile, work, option] = process.argv.slice(2);
const puppeteer = createRequire(resolve(tools, '_'))('puppeteer-core');
const pages = [['Footfall', join(work, 'footfall/index.html')]];
for (const theme of ['stackoverflow', 'even', 'elegant', 'kendall', 'flat']) {
  const module = await import(`jsonresume-theme-${theme}`);
  const render = module.render ?? module.default.render;
  const file = join(work, `${theme}.html`);
  writeFileSync(file, await render(JSON.parse(readFileSync(resumeFile, 'utf8'))));
  pages.push([theme, file]);
}

const browser = await puppeteer.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files', '--host-resolver-rules=MAP * ~NOTFOUND'],
});
const page = await browser.newPage();
const open = async (file, width, height, media = [], type = 'screen') => {
  await page.setViewport({ width, height });
  await page.emulateMediaType(type);
  await page.emulateMediaFeatures(media);
  await page.goto(pathToFileURL(resolve(file)), { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
};
try {
  const heights = [];
  for (const [name, file] of pages) {
    await open(file, 1280, 900);
    heights.push([name, await page.evaluate(() => document.documentElement.scrollHeight)]);
  }
  const densest = Math.min(...heights.slice(1).map(([, height]) => height));
  console.log('| page | height at 1280 px | of the densest theme |\n| --- | --- | --- |');
  for (const [name, height] of heights) {
    console.log(`| ${name} | ${height} px | ${(height / densest).toFixed(2)} |`);
  }

  if (option === '--pictures') {
    mkdirSync('docs/page', { recursive: true });
    const dark = [{ name: 'prefers-color-scheme', value: 'dark' }];
    for (const [name, folder, width, height, media, type] of [
      ['light', 'footfall', 1100, 760], ['dark', 'footfall', 1100, 760, dark], ['print', 'footfall', 794, 1123, [], 'print'],
      ['phone', 'footfall', 390, 780], ['arabic', 'arabic', 900, 560], ['japanese', 'japanese', 900, 560],
    ]) {
      await open(join(work, folder, 'index.html'), width, height, media, type);
      await page.screenshot({ path: `docs/page/${name}.png` });
    }
  }
} finally {
  await browser.close();
}

// Called by script/refresh-typeface: node refresh-typeface.mjs ASSETS, in a folder with the packages installed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const assets = process.argv[2];
const folder = join(assets, 'typeface');
const literata = 'node_modules/@fontsource/literata';
mkdirSync(folder, { recursive: true });

// What résumés are written with; of the punctuation, what typesetting uses. Ends included, hexadecimal.
const subsets = {
  latin: ['latin', '20-7E A0-FF 131 152-153 2C6 2DA 2DC 2009 2011 2013-2014 2018-201A 201C-201E 2020-2022 2026 202F 2030 2039-203A 20AC 2122 2212'],
  'latin-ext': ['latin-ext', '100-130 132-151 154-17F 218-21B 1E9E'],
  cyrillic: ['cyrillic', '400-45F 490-491 2116'],
};
const weights = [400, 600];

const characters = (ranges) => ranges.split(' ').flatMap((range) => {
  const [first, last = first] = range.split('-').map((hex) => parseInt(hex, 16));
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
}).join('');

for (const [name, [source, ranges]] of Object.entries(subsets)) {
  for (const weight of weights) {
    const font = readFileSync(join(literata, `files/literata-${source}-${weight}-normal.woff2`));
    // No ligatures and no other figures: a glyph that is not a character's own is lost where a PDF's text is read.
    const subset = await subsetFont(font, characters(ranges), {
      targetFormat: 'woff2', keepFeatures: ['kern', 'mark', 'ccmp', 'locl'], noHinting: true,
    });
    writeFileSync(join(folder, `literata-${name}-${weight}.woff2`), subset);
    console.error(`literata-${name}-${weight}.woff2: ${subset.length} bytes`);
  }
}
writeFileSync(join(folder, 'subsets.txt'), Object.entries(subsets).map(([name, [, ranges]]) => `${name} ${ranges}\n`).join(''));
writeFileSync(join(folder, 'OFL.txt'), readFileSync(join(literata, 'LICENSE'), 'utf8').replaceAll('\r\n', '\n').trimEnd() + '\n');

// simple-icons draws each on 24 by 24, as one path.
const networks = [
  'bitbucket', 'bluesky', 'codeberg', 'facebook', 'github', 'gitlab', 'googlescholar', 'hackerrank', 'leetcode',
  'linkedin', 'mastodon', 'medium', 'orcid', 'stackoverflow', 'telegram', 'x', 'xing', 'youtube',
];
writeFileSync(join(assets, 'icons.txt'), networks.map((network) => {
  const svg = readFileSync(`node_modules/simple-icons/icons/${network}.svg`, 'utf8');
  return `${network} ${svg.match(/<path d="([^"]+)"/)[1]}\n`;
}).join(''));

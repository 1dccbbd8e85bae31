// Called by script/refresh-languages: node refresh-languages.mjs PACKAGES ROOT
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [packages, root] = process.argv.slice(2);
const folder = join(root, 'src/Footfall.Site/Languages');

// A language is there when its words are.
const tags = readdirSync(join(folder, 'Words')).map(file => file.replace(/\.json$/, '')).sort();

const json = (...path) => JSON.parse(readFileSync(join(packages, ...path), 'utf8'));
const main = (name, tag, file) => json(name, 'main', tag, file).main[tag];

const { version, license } = json('cldr-core', 'package.json');
const plurals = json('cldr-core', 'supplemental', 'plurals.json').supplemental['plurals-type-cardinal'];

// "MMM y", "y年M月", "LLL y 'р'." as a template with {month} and {year}.
function template(pattern, names) {
  return pattern
    .replace(/MMMM?|LLLL?|M|L/, '{month}')
    .replace('y', '{year}')
    .replace(/'([^']*)'/g, '$1');
}

function months(calendar, pattern) {
  const names = Object.values(calendar.months[pattern.includes('LLL') ? 'stand-alone' : 'format'].abbreviated);
  const isNumber = /(^|[^ML])[ML]([^ML]|$)/.test(pattern);
  return isNumber ? names.map((_, index) => `${index + 1}`) : names;
}

// Every name of each month, for reading: long and short, as they stand alone and in a date.
function monthNames(calendar) {
  return Array.from({ length: 12 }, (_, index) => [...new Set(
    ['format', 'stand-alone'].flatMap(use => ['wide', 'abbreviated'].map(width => calendar.months[use][width][index + 1])),
  )].filter(name => !/^\d+$/.test(name)));
}

function grouping(tag) {
  const numbers = main('cldr-numbers-full', tag, 'numbers.json').numbers;
  const [, ...groups] = numbers['decimalFormats-numberSystem-latn'].standard.split('.')[0].split(',');
  return {
    separator: numbers['symbols-numberSystem-latn'].group,
    primary: groups.at(-1).length,
    secondary: groups.length > 1 ? groups[0].length : groups.at(-1).length,
    least: Number(numbers.minimumGroupingDigits),
  };
}

const direction = tag => main('cldr-misc-full', tag, 'layout.json').layout.orientation.characterOrder;
const rulesOf = tag => Object.entries(plurals[tag.split('-')[0]])
  .map(([name, rule]) => [name.replace('pluralRule-count-', ''), rule]);

function describe(tag) {
  const { gregorian } = main('cldr-dates-full', tag, 'ca-gregorian.json').dates.calendars;
  const { availableFormats, intervalFormats } = gregorian.dateTimeFormats;
  return {
    month: template(availableFormats.yMMM),
    year: template(availableFormats.y),
    range: intervalFormats.intervalFormatFallback,
    months: months(gregorian, availableFormats.yMMM),
    monthNames: monthNames(gregorian),
    grouping: grouping(tag),
    plural: Object.fromEntries(rulesOf(tag)
      .filter(([name]) => name !== 'other')
      .map(([name, rule]) => [name, rule.split('@')[0].trim()])),
  };
}

const rightToLeft = readdirSync(join(packages, 'cldr-misc-full', 'main'))
  .filter(tag => /^[a-z]+$/.test(tag) && existsSync(join(packages, 'cldr-misc-full', 'main', tag, 'layout.json')))
  .filter(tag => direction(tag) === 'right-to-left');

writeFileSync(join(folder, 'cldr-licence.txt'), readFileSync(join(packages, 'cldr-core', 'LICENSE'), 'utf8').replaceAll('\r', '').trimEnd() + '\n');

writeFileSync(join(folder, 'cldr.json'), JSON.stringify({
  source: `Unicode CLDR ${version} (${license}), by script/refresh-languages`,
  rightToLeft,
  languages: Object.fromEntries(tags.map(tag => [tag, describe(tag)])),
}, null, 1).replace(/\[\n\s+("[^[\]]*?")\n\s+\]/g, list => list.replace(/\n\s+/g, ' ')) + '\n');

// "@integer 0, 5~19, 100, …": the whole numbers that CLDR itself gives as examples of each form.
const samples = tags.flatMap(tag => rulesOf(tag).map(([name, rule]) => {
  const numbers = (/@integer ([^@]*)/.exec(rule)?.[1] ?? '').split(',')
    .map(sample => sample.trim()).filter(sample => /^\d+(~\d+)?$/.test(sample));
  return `${tag}\t${name}\t${numbers.join(' ')}`;
})).filter(line => !line.endsWith('\t'));
writeFileSync(join(root, 'tests/Footfall.Tests/Site/Languages/plural-samples.txt'), `# Whole numbers and the plural form that each language gives them.
# Source: Unicode CLDR ${version}, supplemental/plurals.json. Licence: ${license}.
# Made by script/refresh-languages: language, form, numbers.
${samples.join('\n')}
`);

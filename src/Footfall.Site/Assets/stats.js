// The owner's numbers. The key comes behind #, which no server sees, is kept for the tab, and leaves the address at once.
(() => {
  const byId = id => document.getElementById(id);
  const { api } = document.querySelector('main').dataset;
  const number = n => n.toLocaleString('en');
  const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
  const place = 'footfall-owner-key';
  const svg = 'http://www.w3.org/2000/svg';
  const reasons = {
    repeat: 'the same visitor again, within the visit window',
    bot: 'known automation: crawlers, mail scanners, monitors',
    prefetch: 'fetched before anybody looked',
    'opted-out': 'asked not to be tracked',
    limited: 'more visitors than one address or network may bring',
  };
  let key;
  let asked = 0;

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
    return made;
  };

  const fill = (id, head, rows) => {
    const top = element('thead');
    const body = element('tbody');
    const row = (cells, header) => {
      const made = element('tr');
      cells.forEach((cell, i) => made.append(header ? element('th', cell, { scope: 'col' })
        : i ? element('td', typeof cell === 'number' ? number(cell) : cell) : element('th', cell, { scope: 'row' })));
      return made;
    };
    top.append(row(head, true));
    body.append(...rows.map(cells => row(cells)));
    byId(id).replaceChildren(top, body);
  };

  // One stop for the keyboard; the arrows go from day to day, and each is said below.
  const draw = days => {
    const height = 120;
    const most = Math.max(1, ...days.map(day => day.visits));
    const chart = document.createElementNS(svg, 'svg');
    const set = (node, attributes) => {
      Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
      return node;
    };
    set(chart, {
      viewBox: `0 0 ${days.length * 10} ${height}`, preserveAspectRatio: 'none', tabindex: 0, role: 'img',
      'aria-label': `Visits a day, at most ${number(most)}. Left and right arrow go from day to day.`,
    });
    const bars = days.map(({ visits, visitors }, i) => {
      const group = document.createElementNS(svg, 'g');
      [[visits, 'visits', 9], [visitors, 'visitors', 9]].forEach(([n, name, width]) => {
        const tall = (n / most) * (height - 2);
        group.append(set(document.createElementNS(svg, 'rect'), { class: name, x: i * 10, width, y: height - tall, height: tall }));
      });
      group.append(set(document.createElementNS(svg, 'rect'), { class: 'hit', x: i * 10, width: 10, y: 0, height }));
      group.addEventListener('pointerenter', () => choose(i));
      return group;
    });
    let chosen = days.length - 1;
    const choose = i => {
      bars[chosen].removeAttribute('class');
      chosen = Math.min(Math.max(i, 0), days.length - 1);
      bars[chosen].setAttribute('class', 'chosen');
      const { day, visits, visitors } = days[chosen];
      byId('day').textContent = `${day}: ${plural(visits, 'visit')}, ${plural(visitors, 'visitor')}`;
    };
    chart.addEventListener('keydown', event => {
      const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: days.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
    });
    chart.append(...bars);
    byId('chart').replaceChildren(chart);
    byId('most').textContent = `at most ${number(most)} a day`;
    choose(chosen);
  };

  // Every day of the span, also those without a request.
  const complete = ({ days, from, to }) => {
    const known = new Map(days.map(day => [day.day, day]));
    const all = [];
    for (let day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) {
      const name = day.toISOString().slice(0, 10);
      all.push(known.get(name) ?? { day: name, visits: 0, visitors: 0, notCounted: {}, sources: {} });
    }
    return all;
  };

  const add = (days, member) => {
    const sums = {};
    days.forEach(day => Object.entries(day[member]).forEach(([name, n]) => { sums[name] = (sums[name] ?? 0) + n; }));
    return sums;
  };

  // What can be checked here is checked, and said whichever way it comes out.
  const prove = (report, days, visits, sources) => {
    const fromSources = Object.values(sources).reduce((sum, n) => sum + n, 0);
    const parts = [fromSources === visits
      ? 'The sources add up to the visits'
      : `The sources add up to ${number(fromSources)}, which is wrong: please report it`];
    if (!byId('span').value) {
      const undated = report.total.visits - visits;
      parts.push(undated === 0 ? 'the days to all time'
        : undated > 0 ? `the days and ${number(undated)} that were brought along without a day to all time`
        : `the days to more than all time, which is wrong: please report it`);
    }
    return `${parts.join(', and ')}.`;
  };

  const show = report => {
    const days = complete(report);
    const visits = days.reduce((sum, day) => sum + day.visits, 0);
    const visitors = days.reduce((sum, day) => sum + day.visitors, 0);
    const rest = add(days, 'notCounted');
    const left = Object.values(rest).reduce((sum, n) => sum + n, 0);
    const sources = add(days, 'sources');
    byId('sum').textContent = `${plural(visits, 'visit')} by ${plural(visitors, 'visitor')} in ${plural(days.length, 'day')}; ${plural(report.total.visits, 'visit')} in all.`;
    draw(days);
    fill('days', ['Day', 'Visits', 'Visitors', 'Not counted'], days.toReversed().map(day =>
      [day.day, day.visits, day.visitors, Object.values(day.notCounted).reduce((sum, n) => sum + n, 0)]));
    byId('no-links').hidden = report.links.length > 0;
    fill('links', ['Link', 'Visits', 'First opened', 'Last opened', 'Bots'], report.links.map(link =>
      [link.name, link.visits, link.first ?? 'not yet', link.last ?? '', link.notCounted.bot]));
    fill('sources', ['Source', 'Visits'], Object.entries(sources).sort((a, b) => b[1] - a[1]));
    fill('rest', ['Reason', 'Requests', 'What it is'], Object.entries(rest).map(([name, n]) => [name, n, reasons[name] ?? '']));
    byId('proof').textContent = `${number(visits)} counted and ${number(left)} not counted: ${number(visits + left)} requests were answered. ${prove(report, days, visits, sources)}`;
    const choice = (value, text) => {
      const option = element('option', text, { value });
      option.selected = value === report.counter;
      return option;
    };
    byId('counter').replaceChildren(
      ...report.counters.map(counter => choice(counter, counter)),
      ...report.links.map(({ key, name }) => choice(`~to/${key}`, `link: ${name}`)));
    byId('numbers').hidden = false;
  };

  const say = (text, isLocked) => {
    byId('trouble').textContent = text;
    byId('unlock').hidden = !isLocked;
    if (isLocked) byId('numbers').hidden = true;
  };

  // For the tab, where the browser lets a page keep anything.
  const keep = value => {
    try {
      if (value) sessionStorage.setItem(place, value); else sessionStorage.removeItem(place);
    } catch {
      // The next time it is asked for again.
    }
  };
  const kept = () => {
    try {
      return sessionStorage.getItem(place);
    } catch {
      return null;
    }
  };

  const load = async () => {
    const query = new URLSearchParams({ counter: byId('counter').value || '/' });
    if (byId('span').value) query.set('days', byId('span').value);
    keep(key);
    asked += 1;
    const turn = asked;
    try {
      const response = await fetch(`${api}?${query}`, { headers: { authorization: `Bearer ${encodeURI(key)}` }, cache: 'no-store' });
      const answer = await response.json();
      // Something else was chosen meanwhile.
      if (turn !== asked) return;
      const isWrong = response.status === 401;
      if (isWrong) keep();
      say(response.ok ? '' : answer.detail, isWrong);
      if (response.ok) show(answer);
    } catch {
      if (turn === asked) say('The counter does not answer. Reload the page in a moment.', false);
    }
  };

  const take = () => {
    const given = new URLSearchParams(location.hash.slice(1)).get('key');
    if (given) history.replaceState(null, '', location.pathname);
    key = given ?? kept();
    if (key) load(); else say('', true);
  };

  byId('unlock').addEventListener('submit', event => {
    event.preventDefault();
    key = byId('key').value.trim();
    load();
  });
  byId('choice').addEventListener('change', load);
  addEventListener('hashchange', take);
  take();
})();

// Asks the API to count this visit and shows its answer. No cookie, no identifier.
(() => {
  const place = document.querySelector('[data-counter]');
  const note = document.querySelector('[data-not-counted]');
  const { counter, api } = place.dataset;
  const flag = 'footfall-not-me';
  let leftOut = false;
  let asked = false;

  // The flag is all that is ever stored, and only on a reader's own act: #not-me, until #count-me.
  const obey = () => {
    const { hash } = location;
    leftOut = hash === '#not-me';
    try {
      if (leftOut) localStorage.setItem(flag, '1');
      if (hash === '#count-me') localStorage.removeItem(flag);
      leftOut ||= localStorage.getItem(flag) !== null;
      note.hidden = !leftOut;
    } catch {
      // Storage is blocked: this one view is left out, and the page promises no more.
    }
  };

  const send = () => leftOut
    ? fetch(`${api}?counter=${encodeURIComponent(counter)}`)
    : fetch(api, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ counter, webdriver: navigator.webdriver || undefined }),
    });

  // The words come with the page, in its language: one for each plural form.
  const say = (number, words) => {
    const { lang } = document.documentElement;
    const forms = JSON.parse(words);
    return (forms[new Intl.PluralRules(lang).select(number)] ?? forms.other)
      .replace('{0}', number.toLocaleString(lang, { numberingSystem: 'latn' }));
  };

  // A lost answer may have been counted: asking again is a repeat, never a second visit.
  const ask = async (again) => {
    let response;
    try {
      response = await send();
      if (response.ok) {
        const { visits, visitors } = await response.json();
        const texts = [say(visits, place.dataset.visits), say(visitors, place.dataset.visitors)];
        texts.forEach((text, i) => { place.children[i].textContent = text; });
      }
    } catch {
      // The page stays as it was built.
    }
    if (again && !(response?.status < 500)) setTimeout(ask, 2000, false);
  };

  // A page that is prerendered or in the background has no reader yet.
  const start = () => {
    if (asked || document.prerendering || document.hidden) return;
    asked = true;
    ask(true);
  };

  obey();
  addEventListener('hashchange', obey);
  document.addEventListener('prerenderingchange', start);
  document.addEventListener('visibilitychange', start);
  start();
})();

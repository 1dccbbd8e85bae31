// Asks the API to count this visit and shows its answer. No cookie, no identifier.
(() => {
  const place = document.querySelector('[data-counter]');
  const question = document.querySelector('[data-not-me]');
  const note = document.querySelector('[data-not-counted]');
  const { counter, api } = place.dataset;
  const flag = 'footfall-not-me';
  let leftOut = false;
  let asked = false;
  let later;

  // An address that ends in #not-me only asks: whoever made the link is not the reader.
  const look = () => {
    try {
      leftOut = localStorage.getItem(flag) !== null;
      question.hidden = leftOut || location.hash !== '#not-me';
      note.hidden = !leftOut;
    } catch {
      // Storage is blocked: no answer could be remembered, so nothing is asked.
    }
  };

  // The flag is all that is ever stored, and only when the reader presses the button.
  const offer = (from, remember, to) => {
    from.querySelector('button').onclick = () => {
      remember();
      look();
      to.querySelector('button').focus();
    };
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
    if (again && !(response?.status < 429)) {
      const seconds = +response?.headers.get('retry-after') || (response?.status === 429 ? 20 : 2);
      later = setTimeout(ask, seconds * 1000, false);
    }
  };

  // A page that is prerendered or in the background has no reader yet.
  const start = () => {
    if (asked || document.prerendering || document.hidden) return;
    asked = true;
    ask(true);
  };

  look();
  offer(question, () => localStorage.setItem(flag, '1'), note);
  offer(note, () => localStorage.removeItem(flag), question);
  addEventListener('hashchange', look);
  document.addEventListener('prerenderingchange', start);
  document.addEventListener('visibilitychange', start);

  // A page that the back button brings out of the browser's memory is opened again; the server knows whether it is a visit.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    clearTimeout(later);
    look();
    asked = false;
    start();
  });
  start();
})();

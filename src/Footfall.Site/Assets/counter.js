// Asks the API to count this visit and shows its answer. No cookie, no identifier.
(() => {
  const place = document.querySelector('[data-counter]');
  const question = document.querySelector('[data-not-me]');
  const note = document.querySelector('[data-not-counted]');

  // The owner's link that this page was built for, or that led here.
  const { counter, api, link = /[?&]to=([a-z2-9]{8})\b/.exec(location.search)?.[1] } = place.dataset;
  const flag = 'footfall-not-me';

  // The name of the site that led here, and not the page's own.
  const { host } = new URL(document.referrer || location);
  const referrer = host === location.host ? undefined : host;
  let leftOut = false;
  let asked = false;
  let later;

  // An address that ends in #not-me only asks: whoever made the link is not the reader.
  const look = () => {
    try {
      leftOut = flag in localStorage;
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

  // Without a type of its own the text needs no preflight, should the API be elsewhere.
  const send = () => leftOut
    ? fetch(`${api}?counter=${encodeURIComponent(counter)}`)
    : fetch(api, {
      method: 'POST',
      credentials: 'omit',
      body: JSON.stringify({ counter, webdriver: navigator.webdriver, referrer, link }),
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
        place.children[0].textContent = say(visits, place.dataset.visits);
        place.children[1].textContent = say(visitors, place.dataset.visitors);
      }
    } catch {
      // The page stays as it was built.
    }
    if (again && !(response?.status < 429)) {
      const seconds = +response?.headers.get('retry-after') || (response ? 20 : 2);
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
  offer(question, () => { localStorage[flag] = 1; }, note);
  offer(note, () => delete localStorage[flag], question);
  onhashchange = look;
  document.onvisibilitychange = document.onprerenderingchange = start;

  // A page that the back button brings out of the browser's memory is opened again; the server knows whether it is a visit.
  onpageshow = ({ persisted }) => {
    if (!persisted) return;
    clearTimeout(later);
    look();
    asked = false;
    start();
  };
  start();
})();

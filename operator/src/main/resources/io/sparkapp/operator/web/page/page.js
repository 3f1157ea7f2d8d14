// Shows what the address says, and goes from one address to the next without a reload.

import {get} from './api.js';
import {h, text} from './dom.js';
import {applications} from './list.js';
import {queues} from './queues.js';
import {application} from './application.js';

let leave = () => {};

if (location.pathname === '/login') {
  // Whoever is logged in already needs no token, and none is left in the address.
  history.replaceState(null, '', '/');
}

function show() {
  leave();
  const main = document.getElementById('main');
  const parts = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const shown = parts[0] === 'queues' ? 'queues' : 'applications';
  for (const link of document.querySelectorAll('nav a[data-page]')) {
    if (link.dataset.page === shown) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  main.replaceChildren();
  if (parts[0] === 'queues') {
    document.title = 'Queues - SparkApps';
    leave = queues(main);
  } else if (parts[0] === 'applications' && parts.length === 3) {
    document.title = parts[2] + ' - SparkApps';
    leave = application(main, parts[1], parts[2]);
  } else {
    document.title = 'Applications - SparkApps';
    leave = applications(main);
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  const path = link.getAttribute('href');
  if (link.target || !(path === '/' || path.startsWith('/queues') || path.startsWith('/applications/') || path.startsWith('/?'))) {
    return;
  }
  event.preventDefault();
  history.pushState(null, '', path);
  show();
  window.scrollTo(0, 0);
  document.getElementById('main').focus({preventScroll: true});
});
window.addEventListener('popstate', show);

show();
get('/api/me').then(
  (me) => text(document.getElementById('who'), me.value.name),
  (refused) => document.getElementById('main').prepend(h('p', {class: 'refused', role: 'alert'}, refused.message)));

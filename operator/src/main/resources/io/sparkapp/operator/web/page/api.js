// Asks the operator, and listens to what changes.

import {text} from './dom.js';

export class Refused extends Error {}

async function ask(path) {
  let response;
  try {
    response = await fetch(path, {headers: {Accept: 'application/json'}});
  } catch (e) {
    throw new Refused('The operator does not answer.');
  }
  if (response.status === 401) {
    // The token has run out: the same address shows the form.
    location.reload();
    return new Promise(() => {});
  }
  if (!response.ok) {
    const body = await response.text();
    throw new Refused(sentence(body));
  }
  return response;
}

function sentence(body) {
  try {
    return JSON.parse(body).error ?? body;
  } catch (e) {
    return body || 'The operator gives no answer.';
  }
}

export async function get(path) {
  const response = await ask(path);
  return {value: await response.json(), revision: response.headers.get('Sparkapp-Revision')};
}

export async function getText(path) {
  return (await ask(path)).text();
}

/**
 * Calls load() at once and whenever the operator says that something has changed, one after the other and
 * at most twice a second. load() returns the revision that it has seen; what it is refused is said in problem,
 * an element, until it is answered. Returns what asks at once, and what ends it.
 */
export function follow(topic, problem, load) {
  const live = document.getElementById('live');
  let seen = null;
  let loading = false;
  let again = false;
  let over = false;
  const refresh = async () => {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    do {
      again = false;
      try {
        seen = await load();
        problem.hidden = true;
      } catch (refused) {
        problem.hidden = false;
        text(problem, refused.message);
      }
      await new Promise((resolve) => setTimeout(resolve, 400));
    } while (again && !over);
    loading = false;
  };
  let stream = null;
  const listen = () => {
    stream = new EventSource('/api/changes/' + topic);
    stream.addEventListener('open', () => { live.textContent = 'Live'; });
    stream.addEventListener('error', () => {
      live.textContent = stream?.readyState === EventSource.CLOSED ? 'Not live' : 'Connecting';
    });
    stream.addEventListener('changed', (event) => {
      if (event.data !== seen && !over) {
        refresh();
      }
    });
  };
  // A tab that nobody sees does not listen: a browser opens a few connections to a host only, for all its tabs.
  const look = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      listen();
      refresh();
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
  return {
    now: refresh,
    end() {
      over = true;
      document.removeEventListener('visibilitychange', look);
      stream?.close();
      live.textContent = '';
    },
  };
}

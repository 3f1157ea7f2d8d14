// The list of applications. The server filters, sorts and cuts pages: here is never more than one.

import {follow, get} from './api.js';
import {bar, h, keyed, phase, refusal, say, setBar, setPhase, text} from './dom.js';
import {ago, clock, count, number} from './format.js';

const COLUMNS = [
  ['name', 'Name'], ['namespace', 'Namespace'], ['phase', 'Phase'], ['progress', 'Progress'],
  ['executors', 'Executors'], ['queue', 'Queue'], ['user', 'User'], ['created', 'Age'], [null, 'What goes on'],
];
const PHASES = ['Waiting', 'Starting', 'Running', 'Suspended', 'Restarting', 'Succeeded', 'Failed'];

export function applications(main) {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  const view = draw(main, query, changed);
  const following = follow('applications', view.problem, load);

  async function load() {
    const answer = await get('/api/applications?' + new URLSearchParams(query));
    view.show(answer.value);
    return answer.revision;
  }

  function changed(change) {
    Object.assign(query, 'page' in change ? {} : {page: 0}, change);
    for (const name of Object.keys(query)) {
      if (query[name] === '' || (name === 'page' && Number(query[name]) === 0)) {
        delete query[name];
      }
    }
    const search = new URLSearchParams(query).toString();
    history.replaceState(null, '', search ? '/?' + search : '/');
    view.announce = true;
    following.now();
  }

  return () => following.end();
}

function draw(main, query, changed) {
  const summary = h('p', {class: 'summary'});
  const problem = refusal();
  const filter = h('input', {id: 'text', type: 'search', value: query.text ?? '', placeholder: 'name, message, user', autocomplete: 'off'});
  let typing;
  filter.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => changed({text: filter.value}), 200);
  });
  const phases = choice('phase', 'any phase', query, changed);
  const namespaces = choice('namespace', 'any namespace', query, changed);
  const queues = choice('queue', 'any queue', query, changed);
  const heads = COLUMNS.map(([sort, label]) => head(sort, label, query, changed));
  const body = h('tbody');
  const previous = h('button', {type: 'button', onclick: () => changed({page: Number(query.page ?? 0) - 1})}, 'Previous page');
  const next = h('button', {type: 'button', onclick: () => changed({page: Number(query.page ?? 0) + 1})}, 'Next page');
  const where = h('span', {});
  main.append(
    h('h1', {}, 'Applications'),
    problem,
    h('form', {class: 'filters', role: 'search', 'aria-label': 'Applications', onsubmit: (event) => event.preventDefault()},
      h('label', {for: 'text'}, 'Find'), filter, phases.label, phases.select, namespaces.label, namespaces.select, queues.label, queues.select),
    summary,
    h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of applications'},
      h('table', {class: 'list'}, h('caption', {class: 'unseen'}, 'Applications'), h('thead', {}, h('tr', {}, heads.map((each) => each.cell))), body)),
    h('nav', {class: 'pages', 'aria-label': 'Pages of the list'}, previous, where, next));
  const view = {
    announce: false,
    problem,
    show(list) {
      query.page = list.page;
      phases.offer(PHASES, list.phases);
      namespaces.offer(list.namespaces);
      queues.offer(list.queues);
      heads.forEach((each) => each.mark());
      text(summary, sentence(list));
      text(where, 'Page ' + number(list.page + 1) + ' of ' + number(list.pages));
      previous.disabled = list.page === 0;
      next.disabled = list.page + 1 >= list.pages;
      keyed(body, list.rows, (row) => row.namespace + '/' + row.name, newRow, fillRow);
      if (!performance.getEntriesByName('rows').length) {
        performance.mark('rows');
      }
      if (view.announce) {
        view.announce = false;
        say(sentence(list) + ' Page ' + (list.page + 1) + ' of ' + list.pages + '.');
      }
    },
  };
  return view;
}

function sentence(list) {
  const of = list.matching === list.all ? count(list.all, 'application') : number(list.matching) + ' of ' + count(list.all, 'application');
  const each = PHASES.filter((name) => list.phases[name]).map((name) => number(list.phases[name]) + ' ' + name.toLowerCase());
  return of + (each.length ? ': ' + each.join(', ') : '') + '.';
}

function choice(name, any, query, changed) {
  const select = h('select', {id: name, onchange: () => changed({[name]: select.value})}, h('option', {value: ''}, any));
  const offer = (values, counts = {}) => {
    const wanted = [...new Set([...values, ...(query[name] ? [query[name]] : [])])];
    const label = (value) => value + (counts[value] ? ' (' + number(counts[value]) + ')' : '');
    const now = [...select.options].slice(1).map((option) => option.textContent);
    if (now.join('\n') !== wanted.map(label).join('\n')) {
      select.replaceChildren(h('option', {value: ''}, any), ...wanted.map((value) => h('option', {value}, label(value))));
    }
    select.value = query[name] ?? '';
  };
  offer([]);
  return {select, offer, label: h('label', {for: name}, name[0].toUpperCase() + name.slice(1))};
}

function head(sort, label, query, changed) {
  if (!sort) {
    return {cell: h('th', {scope: 'col'}, label), mark: () => {}};
  }
  const sorted = () => (query.sort ?? 'created') === sort;
  const descending = () => (query.descending ?? String((query.sort ?? 'created') === 'created')) !== 'false';
  const arrow = h('span', {class: 'arrow', 'aria-hidden': 'true'});
  const button = h('button', {type: 'button', onclick: () => changed({sort, descending: String(sorted() ? !descending() : sort === 'created')})}, label, arrow);
  const cell = h('th', {scope: 'col'}, button);
  const mark = () => {
    cell.setAttribute('aria-sort', sorted() ? (descending() ? 'descending' : 'ascending') : 'none');
    text(arrow, sorted() ? (descending() ? '▼' : '▲') : '');
  };
  mark();
  return {cell, mark};
}

function newRow(row) {
  const link = '/applications/' + encodeURIComponent(row.namespace) + '/' + encodeURIComponent(row.name);
  return h('tr', {},
    h('th', {scope: 'row'}, h('a', {href: link}, row.name)),
    h('td', {}, row.namespace),
    h('td', {}, phase(row.phase)),
    h('td', {class: 'progress'}, bar(null, ''), h('span', {class: 'percent'})),
    h('td', {class: 'right'}),
    h('td', {}),
    h('td', {}),
    h('td', {class: 'right'}),
    h('td', {class: 'wide'}, h('div', {class: 'clamp'})));
}

function fillRow(element, row) {
  const [, , phaseCell, progress, executors, queue, user, age, message] = element.children;
  setPhase(phaseCell.firstElementChild, row.phase);
  setBar(progress.firstElementChild, row.percent, (row.percent ?? 0) + ' percent of the tasks that are known are done');
  text(progress.lastElementChild, row.percent === null ? '' : row.percent + '%');
  text(executors, row.executors);
  text(queue, row.place ? row.queue + ', place ' + row.place : row.queue);
  text(user, row.user);
  text(age, ago(row.created));
  age.title = clock(row.created);
  text(message.firstElementChild, row.message);
  message.title = row.message;
}

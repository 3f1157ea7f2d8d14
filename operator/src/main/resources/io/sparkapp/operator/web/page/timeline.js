// Executors over time: when each was asked for, ran and ended.

import {h, s} from './dom.js';
import {between, clock, count, duration} from './format.js';

const MOST = 200;
const ROW = 20;
const LEFT = 190;
const WIDTH = 900;

/** losses: executors of the attempt that were gone before this operator looked, as far as somebody wrote down how they ended. */
export function timeline(view, losses) {
  const known = new Set(view.executors.map((each) => each.attempt + '.' + each.id));
  const restored = losses.filter((each) => !known.has(each.attempt + '.' + each.id));
  const executors = [...restored, ...view.executors].sort((a, b) => a.attempt - b.attempt || a.id - b.id);
  const attempts = spans(view);
  const note = unseen(view, restored);
  if (!executors.length && !attempts.length) {
    return h('div', {}, note ?? h('p', {class: 'quiet'}, 'No executor is known: none was made yet, or this operator did not see those that were.'));
  }
  const shown = executors.slice(-MOST);
  const times = [...shown.flatMap((each) => [each.created, each.ended]), ...attempts.map((each) => each.started)].filter(Boolean).map(Date.parse);
  const until = view.summary.ended;
  const first = Math.min(...times, view.attemptStarted ? Date.parse(view.attemptStarted) : Infinity);
  const last = Math.max(until ? Date.parse(until) : Date.now(), first + 1000);
  const x = (time) => LEFT + (WIDTH - LEFT - 10) * (Math.min(last, Math.max(first, time)) - first) / (last - first);
  const height = (attempts.length + shown.length) * ROW + 24;
  const picture = s('svg', {class: 'timeline', viewBox: '0 0 ' + WIDTH + ' ' + height, width: WIDTH, height, role: 'group', 'aria-label': 'Executors over time. The table behind it says the same.'},
    axis(first, last, x, height),
    attempts.map((each, index) => span(each, index * ROW + 20, x, last)),
    shown.map((each, index) => line(each, (attempts.length + index) * ROW + 20, x, last)));
  const rest = executors.length > shown.length ? h('p', {class: 'quiet'}, 'The last ' + MOST + ' of ' + count(executors.length, 'executor') + '.') : null;
  return h('div', {}, rest, note, h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Timeline of executors'}, picture), table(shown));
}

/** When attempts began and ended, which the status keeps; of a single one the axis says it. */
function spans(view) {
  const past = view.attempts.filter((each) => each.started).map((each) => ({...each, words: each.outcome ? each.outcome.toLowerCase() : 'ended'}));
  if (!past.length) {
    return [];
  }
  return view.attemptStarted ? [...past, {attempt: view.summary.attempt, started: view.attemptStarted, ended: view.summary.ended, words: (view.summary.phase ?? '').toLowerCase()}] : past;
}

function span(each, y, x, last) {
  const from = x(Date.parse(each.started));
  const words = 'Attempt ' + each.attempt + ': ' + each.words + (each.ended ? ' after ' : ' for ') + between(each.started, each.ended);
  return s('g', {class: 'attempt', role: 'img', 'aria-label': words},
    s('title', {}, words),
    s('text', {x: 4, y: y + 12}, 'Attempt ' + each.attempt),
    s('rect', {x: from, y: y + 6, width: Math.max(1, (each.ended ? x(Date.parse(each.ended)) : x(last)) - from), height: 5, rx: 2}));
}

/** What nobody here saw is said to be so. */
function unseen(view, restored) {
  if (!view.unseen) {
    return null;
  }
  const left = view.unseen - restored.length;
  return h('p', {class: 'quiet unseen-executors'}, 'This operator has looked since ' + clock(view.watched) + '; ' + count(view.unseen, 'executor') + ' of this attempt had gone by then. '
    + (restored.length ? 'Of ' + restored.length + " Kubernetes' events tell how " + (restored.length === 1 ? 'it' : 'they') + ' ended' + (left > 0 ? '; of ' + left + ' nothing is known any more.' : '.') : 'Nothing is known of them any more.'));
}

function axis(first, last, x, height) {
  return s('g', {class: 'axis', 'aria-hidden': 'true'}, [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const time = first + part * (last - first);
    return s('g', {},
      s('line', {x1: x(time), x2: x(time), y1: 14, y2: height}),
      s('text', {x: x(time), y: 10, 'text-anchor': part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}, '+' + duration(time - first)));
  }));
}

function line(each, y, x, last) {
  const ended = each.ended ? Date.parse(each.ended) : last;
  // When it was made, or when it ended, may have been written down by nobody.
  const created = each.created ? Date.parse(each.created) : ended;
  const started = each.started ? Date.parse(each.started) : null;
  const words = 'Executor ' + each.id + (each.node ? ' on ' + each.node : '') + ': ' + each.state.toLowerCase()
    + (each.started ? ', ran ' + between(each.started, each.ended) : '') + (each.sentence ? '. ' + each.sentence : '');
  return s('g', {class: 'executor executor-' + each.state, role: 'img', 'aria-label': words},
    s('title', {}, words),
    s('text', {x: 4, y: y + 12}, each.attempt + '.' + each.id + (each.node ? '  ' + shortened(each.node) : '')),
    each.created === null ? null : s('rect', {class: 'pending', x: x(created), y: y + 3, width: Math.max(1, x(started ?? ended) - x(created)), height: 11, rx: 2}),
    started === null ? null : s('rect', {class: 'running', x: x(started), y: y + 3, width: Math.max(1, x(ended) - x(started)), height: 11, rx: 2}),
    each.state === 'Ended' && each.ended ? s('line', {class: 'end', x1: x(ended), x2: x(ended), y1: y, y2: y + 17}) : null);
}

function shortened(name) {
  return name.length > 20 ? '…' + name.slice(-19) : name;
}

function table(executors) {
  return h('details', {}, h('summary', {}, 'The same as a table'),
    h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of executors'},
      h('table', {class: 'list'}, h('caption', {class: 'unseen'}, 'Executors'),
        h('thead', {}, h('tr', {}, ['Attempt', 'Executor', 'State', 'Node', 'Made', 'Ran', 'Ended', 'Why'].map((label) => h('th', {scope: 'col'}, label)))),
        h('tbody', {}, executors.map((each) => h('tr', {},
          h('td', {class: 'right'}, String(each.attempt)), h('th', {scope: 'row', class: 'right'}, String(each.id)), h('td', {}, each.state), h('td', {}, each.node ?? ''),
          h('td', {}, clock(each.created)), h('td', {class: 'right'}, between(each.started, each.ended)), h('td', {}, clock(each.ended)), h('td', {class: 'message'}, each.sentence)))))));
}

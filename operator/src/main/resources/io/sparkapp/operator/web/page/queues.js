// The tree of queues: what each holds against what is promised to it and what it may hold, and how that was lately.

import {follow, get} from './api.js';
import {h, keyed, refusal, s, text} from './dom.js';
import {clock, count, quantity} from './format.js';

export function queues(main) {
  const problem = refusal();
  const none = h('p', {hidden: true}, 'Nobody has made a SparkQueue: all applications share the cluster in the queue default.');
  const body = h('tbody');
  main.append(
    h('h1', {}, 'Queues'), problem, none,
    h('p', {class: 'legend'},
      key('used', 'used'), key('beyond', 'used beyond the guarantee'), key('promised', 'guaranteed and free'), key('free', 'up to the maximum')),
    h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of queues'},
      h('table', {class: 'list queues'}, h('caption', {class: 'unseen'}, 'Queues'),
        h('thead', {}, h('tr', {}, ['Queue', 'Share', 'Resources', 'Running', 'Waiting', 'Lately', 'State'].map((label) => h('th', {scope: 'col'}, label)))),
        body)));
  const since = h('p', {class: 'quiet'});
  main.append(since);
  const following = follow('queues', problem, async () => {
    const answer = await get('/api/queues');
    text(since, 'Lately: as far as this operator has seen it, since ' + clock(answer.value.watched) + '. What a queue held then, it had held since its status was last written.');
    none.hidden = answer.value.queues.length > 0;
    keyed(body, answer.value.queues, (queue) => queue.name, newRow, (row, queue) => fillRow(row, queue, answer.value.now));
    return answer.revision;
  });
  return () => following.end();
}

function key(kind, words) {
  return h('span', {class: 'legend-entry'}, h('span', {class: 'key ' + kind}), words);
}

function newRow(queue) {
  return h('tr', {},
    h('th', {scope: 'row'}, h('span', {class: 'queue'}, queue.name)),
    h('td', {class: 'right'}), h('td', {class: 'uses'}), h('td', {class: 'right'}), h('td', {class: 'right'}),
    h('td', {class: 'spark'}), h('td', {class: 'wide'}));
}

function fillRow(row, queue, now) {
  const [name, share, uses, running, waiting, lately, state] = row.children;
  name.firstElementChild.style.marginInlineStart = queue.depth * 1.4 + 'rem';
  text(share, queue.share === null ? '' : queue.share + '%');
  uses.replaceChildren(...queue.resources.map(use));
  text(running, queue.running);
  text(waiting, queue.waiting);
  lately.replaceChildren(sparkline(queue, now));
  text(state, queue.fault ? 'Not in force: ' + queue.fault : (queue.state === 'Open' ? '' : queue.state + '. ') + (queue.message ?? ''));
  state.classList.toggle('fault', Boolean(queue.fault));
}

function use(each) {
  const whole = each.parts.most || Math.max(each.parts.guaranteed, each.parts.used) || 1;
  const part = (from, to) => ({x: 100 * from / whole, width: Math.max(0, 100 * (to - from) / whole)});
  const {used, guaranteed} = each.parts;
  const within = guaranteed ? Math.min(used, guaranteed) : used;
  const piece = (kind, {x, width}) => s('rect', {class: kind, x, width, y: 0, height: 10});
  const amount = (value) => quantity(each.resource, value);
  const label = each.resource + ': ' + amount(each.used) + ' used' + (guaranteed ? ', ' + amount(each.guaranteed) + ' guaranteed' : '')
    + (each.most ? ', at most ' + amount(each.most) : ', no limit') + (each.parts.pending ? ', ' + amount(each.pending) + ' asked for beyond that' : '');
  return h('div', {class: 'use'},
    h('span', {class: 'resource'}, each.resource),
    s('svg', {class: 'usebar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': label},
      s('title', {}, label),
      piece('free', part(0, whole)),
      piece('promised', part(0, Math.min(guaranteed, whole))),
      piece('used', part(0, Math.min(within, whole))),
      piece('beyond', part(within, Math.min(used, whole)))),
    h('span', {class: 'amount'}, amount(each.used) + (each.most ? ' of ' + amount(each.most) : '')
      + (guaranteed ? ', ' + amount(each.guaranteed) + ' guaranteed' : '')));
}

function sparkline(queue, now) {
  const points = queue.history;
  if (!points.length) {
    return h('span', {class: 'quiet'}, 'nothing yet');
  }
  const span = Math.max(600_000, Date.parse(now) - Date.parse(points[0].at));
  const first = Date.parse(now) - span;
  const most = Math.max(100, ...points.map((point) => point.percent));
  const x = (at) => (120 * (at - first) / span).toFixed(1);
  const y = (percent) => (23 - 22 * percent / most).toFixed(1);
  const corners = points.flatMap((point, index) => {
    const until = index + 1 < points.length ? Date.parse(points[index + 1].at) : Date.parse(now);
    return [x(Date.parse(point.at)) + ',' + y(point.percent), x(until) + ',' + y(point.percent)];
  });
  const low = Math.min(...points.map((point) => point.percent));
  const high = Math.max(...points.map((point) => point.percent));
  const label = 'Share of the cluster in the last ' + count(Math.max(1, Math.round(span / 60_000)), 'minute') + ': between ' + low + ' and ' + high + ' percent';
  return s('svg', {class: 'sparkline', viewBox: '0 0 120 24', role: 'img', 'aria-label': label},
    s('title', {}, label), s('polyline', {points: corners.join(' ')}));
}

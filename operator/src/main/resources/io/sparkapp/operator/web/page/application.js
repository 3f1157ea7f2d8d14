// One application with all there is to tell.

import {follow, get, getText} from './api.js';
import {bar, h, phase, refusal, say, text} from './dom.js';
import {ago, between, clock, count} from './format.js';
import {done, graph} from './graph.js';
import {timeline} from './timeline.js';

export function application(main, namespace, name) {
  const path = '/api/applications/' + encodeURIComponent(namespace) + '/' + encodeURIComponent(name);
  const problem = refusal();
  const top = h('div', {});
  const why = section('Why');
  const attempts = section('Attempts');
  const stages = section('Stages');
  const executors = section('Executors');
  const usage = section('Right size');
  const program = section('What it runs');
  const logs = section('Logs');
  const events = section('Events');
  const sections = [why, stages, executors, attempts, usage, events, logs, program];
  main.append(h('p', {class: 'path'}, h('a', {href: '/'}, 'Applications'), ' / ' + namespace + ' /'), h('h1', {}, name), problem, top, ...sections.map((each) => each.element));
  sections.forEach((each) => { each.element.hidden = true; });
  const log = logView(path);
  logs.body.append(log.element);
  const happenings = eventView(path);
  events.body.append(happenings.element);
  const losses = lossView(path);
  let phaseBefore = null;
  const following = follow('applications/' + encodeURIComponent(namespace) + '/' + encodeURIComponent(name), problem, async () => {
    const answer = await get(path);
    const view = answer.value;
    sections.forEach((each) => { each.element.hidden = false; });
    replace(top, head(view));
    replace(why.body, h('ul', {class: 'reasons'}, others(view).map((reason) => h('li', {}, reason))));
    replace(attempts.body, attemptTable(view));
    replace(stages.body, stageView(view));
    await losses.look(view);
    replace(executors.body, timeline(view, losses.found()));
    replace(usage.body, usageView(view.usage));
    usage.element.hidden = !view.usage;
    replace(program.body, programView(view));
    log.offer(pods(view));
    happenings.changed();
    if (phaseBefore !== null && phaseBefore !== view.summary.phase) {
      say(name + ' is ' + view.summary.phase + ': ' + view.summary.message);
    }
    phaseBefore = view.summary.phase;
    return answer.revision;
  });
  return () => following.end();
}

function section(title) {
  const body = h('div', {});
  const id = 'section-' + title.toLowerCase().replaceAll(' ', '-');
  return {body, element: h('section', {'aria-labelledby': id}, h('h2', {id}, title), body)};
}

/** What is unfolded stays so, what is scrolled too, and the focus goes to the same place. */
function replace(parent, ...children) {
  const open = [...parent.querySelectorAll('details')].map((each) => each.open);
  const scrolled = [...parent.querySelectorAll('.scroll')].map((each) => [each.scrollLeft, each.scrollTop]);
  const focusable = 'a, button, summary, [tabindex]';
  const focused = parent.contains(document.activeElement) ? [...parent.querySelectorAll(focusable)].indexOf(document.activeElement) : -1;
  parent.replaceChildren(...children.flat().filter(Boolean));
  [...parent.querySelectorAll('details')].forEach((each, index) => { each.open = open[index] ?? false; });
  [...parent.querySelectorAll('.scroll')].forEach((each, index) => { [each.scrollLeft, each.scrollTop] = scrolled[index] ?? [0, 0]; });
  if (focused >= 0) {
    parent.querySelectorAll(focusable)[focused]?.focus({preventScroll: true});
  }
}

/** The first sentence stands above already. */
function others(view) {
  const more = view.reasons.filter((reason) => reason !== view.summary.message);
  return more.length ? more : view.reasons;
}

function head(view) {
  const {summary, progress} = view;
  const tasks = progress?.tasks;
  const facts = [
    ['Phase', phase(summary.phase)],
    ['Queue', summary.queue ? h('a', {href: '/queues'}, summary.queue) : null],
    ['Place in line', summary.place],
    ['Attempt', summary.attempt],
    ['Executors', executorWords(view.executorCounts)],
    ['Tasks', tasks ? (tasks.done ?? 0) + ' of ' + (tasks.total ?? 0) + (tasks.failed ? ', ' + tasks.failed + ' failed' : '') : null],
    ['User', summary.user],
    ['Spark application id', view.applicationId],
    ['Made', summary.created ? clock(summary.created) + ', ' + ago(summary.created) + ' ago' : null],
    [summary.ended ? 'Ran' : 'Runs for', summary.started ? between(summary.started, summary.ended) : null],
    ['Spark Connect', view.driver?.connect],
    ['Exit code', view.driver?.exitCode],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
  return [
    h('p', {class: 'headline'}, summary.message),
    progress?.percent === null || progress?.percent === undefined ? null
      : h('p', {class: 'whole'}, bar(progress.percent, progress.percent + ' percent of the tasks that are known are done'), ' ' + progress.percent + '%'),
    h('p', {class: 'links'}, links(view)),
    h('dl', {class: 'facts'}, facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value instanceof Node ? value : String(value))))),
  ];
}

function links(view) {
  const {namespace, name} = view.summary;
  const found = [];
  if (view.sparkUi) {
    found.push(h('a', {class: 'button', href: '/spark/' + encodeURIComponent(namespace) + '/' + encodeURIComponent(name), target: '_blank', rel: 'noopener'}, "Spark's own page"));
  }
  if (view.historyUrl) {
    found.push(h('a', {class: 'button', href: view.historyUrl, target: '_blank', rel: 'noopener noreferrer'}, 'In the history server'));
  }
  return found;
}

function executorWords(counts) {
  return counts ? (counts.running ?? 0) + ' run, ' + (counts.granted ?? 0) + ' granted, ' + (counts.asked ?? 0) + ' asked for' + (counts.failed ? ', ' + counts.failed + ' failed' : '') : null;
}

function table(caption, heads, rows) {
  return h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of ' + caption.toLowerCase()},
    h('table', {class: 'list'}, h('caption', {class: 'unseen'}, caption), h('thead', {}, h('tr', {}, heads.map((label) => h('th', {scope: 'col'}, label)))), h('tbody', {}, rows)));
}

function attemptTable(view) {
  const rows = view.attempts.map((each) => h('tr', {},
    h('th', {scope: 'row'}, String(each.attempt)), h('td', {}, each.outcome ?? ''), h('td', {}, clock(each.started)), h('td', {}, between(each.started, each.ended)),
    h('td', {class: 'right'}, String(each.exitCode ?? '')), h('td', {class: 'message'}, each.message ?? '')));
  if (view.attemptStarted) {
    rows.push(h('tr', {},
      h('th', {scope: 'row'}, String(view.summary.attempt)), h('td', {}, view.summary.phase ?? ''), h('td', {}, clock(view.attemptStarted)), h('td', {}, between(view.attemptStarted, view.summary.ended)),
      h('td', {class: 'right'}, String(view.driver?.exitCode ?? '')), h('td', {class: 'message'}, view.summary.message)));
  }
  return rows.length ? table('Attempts', ['Attempt', 'How it goes', 'Began', 'Took', 'Exit code', 'Why'], rows) : h('p', {class: 'quiet'}, 'No attempt has begun yet.');
}

function stageView(view) {
  if (!view.stages.length) {
    const counts = view.progress?.stages;
    return [h('p', {class: 'quiet'}, counts ? (counts.done ?? 0) + ' of ' + count(counts.total ?? 0, 'stage') + ' done; the driver has not told which they are.' : 'The driver has told of no stage yet.')];
  }
  const active = new Map((view.progress?.active ?? []).map((each) => [each.stage, each]));
  const rows = [...view.stages].sort((a, b) => b.stage - a.stage).map((stage) => {
    const running = active.get(stage.stage);
    const total = running?.total ?? stage.tasks ?? 0;
    const share = total ? Math.round(100 * done(stage, running) / total) : 0;
    return h('tr', {id: 'stage-' + stage.stage, tabindex: -1},
      h('th', {scope: 'row', class: 'right'}, String(stage.stage)), h('td', {}, stage.name ?? ''), h('td', {}, stage.state + (stage.attempt ? ', attempt ' + (stage.attempt + 1) : '')),
      h('td', {class: 'progress'}, bar(share, share + ' percent of its tasks are done'), h('span', {class: 'percent'}, done(stage, running) + ' of ' + total)),
      h('td', {class: 'right'}, stage.failed ? String(stage.failed) : ''), h('td', {}, (stage.parents ?? []).join(', ')),
      h('td', {}, clock(stage.submitted)), h('td', {class: 'right'}, between(stage.submitted, stage.completed)));
  });
  return [
    h('div', {class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Graph of stages'}, graph(view.stages, view.progress?.active)),
    table('Stages', ['Stage', 'Name', 'State', 'Tasks', 'Failed tasks', 'Reads from', 'Began', 'Took'], rows),
  ];
}

const SIZES = [['memory', 'Heap'], ['memoryOverhead', 'Memory beyond it'], ['cpuRequest', 'CPU']];
const PEAKS = [['heap', 'heap'], ['offHeap', 'beyond it'], ['python', 'Python and others'], ['cpu', 'CPU while tasks ran']];

/** What driver and executors asked for, used at most, and could have done with. */
function usageView(usage) {
  const roles = [['Driver', usage?.driver], ['An executor', usage?.executor]].filter(([, role]) => role);
  if (!roles.length) {
    return [h('p', {class: 'quiet'}, 'Too little is known of what it used.')];
  }
  const sizes = (size, other) => SIZES.filter(([field]) => size?.[field]).map(([field, label]) =>
    h('div', {class: other && other[field] !== size[field] ? 'better' : null}, label + ': ' + size[field]));
  const rows = roles.map(([name, role]) => h('tr', {},
    h('th', {scope: 'row'}, name), h('td', {}, sizes(role.asked)),
    h('td', {}, PEAKS.filter(([field]) => role.peak?.[field]).map(([field, label]) => h('div', {}, role.peak[field] + ' ' + label))),
    h('td', {}, sizes(role.wouldDo, role.asked)), h('td', {class: 'message'}, role.sentence ?? '')));
  return [table('Right size', ['Of', 'Asked for', 'Used at most', 'Would have done', 'In words'], rows)];
}

/** Executors that failed before the operator looked, as far as Kubernetes' events tell: asked for once an attempt. */
function lossView(path) {
  let asked = null;
  let found = [];
  return {
    found: () => found,
    async look(view) {
      const attempt = view.uid + '/' + view.summary.attempt;
      if (!view.unseen || asked === attempt) {
        return;
      }
      asked = attempt;
      found = [];
      try {
        found = (await get(path + '/losses')).value;
      } catch (refused) {
        // Who may not read events sees what the operator itself knows; the section of events says why.
        found = [];
      }
    },
  };
}

function programView(view) {
  const facts = [...Object.entries(view.program), ...view.arguments.map((each, index) => ['argument ' + (index + 1), each]), ...Object.entries(view.labels).map(([key, value]) => ['label ' + key, value])];
  return facts.length ? h('dl', {class: 'facts'}, facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, h('code', {}, value)))))
    : h('p', {class: 'quiet'}, view.placement === 'Client' ? 'Its driver runs where its user is.' : 'It says nothing of it.');
}

function pods(view) {
  const named = [...view.pods, ...(view.driver?.pod ? [view.driver.pod] : [])];
  return [...new Set(named)];
}

function logView(path) {
  const select = h('select', {id: 'log-pod'});
  const lines = h('select', {id: 'log-lines'}, [100, 500, 2000, 20000].map((each) => h('option', {value: each}, 'last ' + each + ' lines')));
  lines.value = '500';
  const out = h('pre', {class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Log', hidden: true});
  const none = h('p', {class: 'quiet'}, 'There is no pod whose log could be read.');
  const url = () => path + '/log?' + new URLSearchParams({pod: select.value, lines: lines.value});
  const plain = h('a', {target: '_blank', rel: 'noopener'}, 'as plain text');
  const show = async () => {
    plain.href = url();
    out.hidden = false;
    try {
      const log = await getText(url());
      text(out, log || 'It has written nothing yet.');
      out.scrollTop = out.scrollHeight;
      say('The log of ' + select.value + ' is shown.');
    } catch (refused) {
      text(out, refused.message);
    }
  };
  const form = h('form', {class: 'filters', onsubmit: (event) => { event.preventDefault(); show(); }},
    h('label', {for: 'log-pod'}, 'Pod'), select, h('label', {for: 'log-lines'}, 'How much'), lines, h('button', {type: 'submit'}, 'Show the log'), plain);
  select.addEventListener('change', () => { plain.href = url(); });
  return {
    element: h('div', {}, none, form, out),
    offer(names) {
      none.hidden = names.length > 0;
      form.hidden = names.length === 0;
      const now = [...select.options].map((option) => option.value);
      if (now.join('\n') !== names.join('\n')) {
        const chosen = select.value;
        select.replaceChildren(...names.map((each) => h('option', {value: each}, each)));
        select.value = names.includes(chosen) ? chosen : names[0] ?? '';
        plain.href = url();
      }
    },
  };
}

function eventView(path) {
  const body = h('div', {});
  let asked = 0;
  const load = async () => {
    asked = Date.now();
    try {
      const answer = await get(path + '/events');
      replace(body, answer.value.length ? table('Events', ['When', 'Type', 'Reason', 'What'], answer.value.map((each) => h('tr', {},
        h('td', {}, clock(each.last)), h('td', {}, each.type ?? ''), h('td', {}, (each.reason ?? '') + (each.count > 1 ? ' (' + each.count + ' times)' : '')), h('td', {class: 'message'}, each.message ?? ''))))
        : h('p', {class: 'quiet'}, 'Kubernetes remembers no event of it.'));
    } catch (refused) {
      replace(body, h('p', {class: 'refused'}, refused.message));
    }
  };
  const details = h('details', {ontoggle: () => { if (details.open) { load(); } }}, h('summary', {}, 'Show what happened'), body);
  return {
    element: details,
    changed() {
      if (details.open && Date.now() - asked > 5000) {
        load();
      }
    },
  };
}

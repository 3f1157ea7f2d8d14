// Draws the DAG of stages: layer by layer from left to right, with few crossings. Every stage is in a layer behind
// its parents; an edge over several layers goes through a point in each; layers are put in order by the middle of
// their neighbours, a few times to and fro.

import {s} from './dom.js';
import {count} from './format.js';

const WIDTH = 190;
const HEIGHT = 58;
const ACROSS = 60;
const DOWN = 22;
const POINT = 12;
const SWEEPS = 6;

/** Pure: stages in, places out. */
export function layout(stages) {
  const byId = new Map(stages.map((stage) => [stage.stage, {id: stage.stage, stage, parents: [], children: []}]));
  for (const node of byId.values()) {
    node.parents = (node.stage.parents ?? []).filter((id) => byId.has(id) && id !== node.id);
  }
  const rank = ranks(byId);
  const layers = [];
  const put = (node, layer) => {
    node.layer = layer;
    (layers[layer] ??= []).push(node);
  };
  [...byId.values()].sort((a, b) => a.id - b.id).forEach((node) => put(node, rank.get(node.id)));
  const edges = [];
  for (const node of byId.values()) {
    for (const id of node.parents) {
      let from = byId.get(id);
      const path = [from];
      for (let layer = from.layer + 1; layer < node.layer; layer++) {
        const point = {point: true, parents: [], children: []};
        put(point, layer);
        link(from, point);
        path.push(point);
        from = point;
      }
      link(from, node);
      path.push(node);
      edges.push(path);
    }
  }
  order(layers);
  return {nodes: [...byId.values()], edges, ...place(layers)};
}

function link(from, to) {
  from.children.push(to);
  (to.before ??= []).push(from);
}

function ranks(byId) {
  const rank = new Map();
  const visiting = new Set();
  const of = (id) => {
    if (rank.has(id) || visiting.has(id)) {
      return rank.get(id) ?? 0;
    }
    visiting.add(id);
    const parents = byId.get(id).parents;
    const value = parents.length ? 1 + Math.max(...parents.map(of)) : 0;
    visiting.delete(id);
    rank.set(id, value);
    return value;
  };
  // A DAG has no circle; one in what we are told must not stop the page.
  [...byId.keys()].sort((a, b) => a - b).forEach(of);
  return rank;
}

function order(layers) {
  const number = () => layers.forEach((layer) => layer.forEach((node, index) => { node.index = index; }));
  const middle = (node, neighbours) => neighbours.length ? neighbours.reduce((sum, each) => sum + each.index, 0) / neighbours.length : node.index;
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      const at = new Map(layer.map((node) => [node, middle(node, down ? node.before ?? [] : node.children)]));
      layer.sort((a, b) => at.get(a) - at.get(b));
      number();
    }
  }
}

function place(layers) {
  const high = (layer) => layer.reduce((sum, node) => sum + (node.point ? POINT : HEIGHT) + DOWN, -DOWN);
  const height = Math.max(HEIGHT, ...layers.map(high));
  layers.forEach((layer, index) => {
    let y = (height - high(layer)) / 2;
    for (const node of layer) {
      node.x = index * (WIDTH + ACROSS);
      node.y = y;
      node.h = node.point ? POINT : HEIGHT;
      y += node.h + DOWN;
    }
  });
  return {width: Math.max(1, layers.length) * (WIDTH + ACROSS) - ACROSS, height};
}

/** The picture. active tells how far running stages are. */
export function graph(stages, active) {
  const plan = layout(stages);
  const running = new Map((active ?? []).map((each) => [each.stage, each]));
  const label = 'The stages of the application and what they read from each other: ' + count(stages.length, 'stage') + '. The table below says the same.';
  return s('svg', {class: 'graph', width: plan.width + 4, height: plan.height + 4, viewBox: '-2 -2 ' + (plan.width + 4) + ' ' + (plan.height + 4), role: 'group', 'aria-label': label},
    s('g', {class: 'edges', 'aria-hidden': 'true'}, plan.edges.map((path) => s('path', {d: curve(path)}))),
    plan.nodes.sort((a, b) => a.id - b.id).map((node) => box(node, running.get(node.id))));
}

function curve(path) {
  const first = path[0];
  let d = 'M' + (first.x + WIDTH) + ',' + (first.y + first.h / 2);
  let x = first.x + WIDTH;
  let y = first.y + first.h / 2;
  for (const node of path.slice(1)) {
    const toY = node.y + node.h / 2;
    const half = (x + node.x) / 2;
    d += 'C' + half + ',' + y + ' ' + half + ',' + toY + ' ' + node.x + ',' + toY;
    if (node.point) {
      d += 'H' + (node.x + WIDTH);
    }
    x = node.x + WIDTH;
    y = toY;
  }
  return d;
}

export function done(stage, active) {
  if (stage.state === 'Done') {
    return stage.tasks ?? 0;
  }
  return active?.done ?? 0;
}

const MARKS = {Waiting: '○', Active: '▶', Done: '✓', Skipped: '↷', Failed: '✗'};

function box(node, active) {
  const stage = node.stage;
  const tasks = active?.total ?? stage.tasks ?? 0;
  const share = tasks ? done(stage, active) / tasks : 0;
  const words = stage.state === 'Skipped' ? 'skipped' : done(stage, active) + ' of ' + count(tasks, 'task');
  const label = 'Stage ' + stage.stage + ': ' + stage.name + ', ' + stage.state + ', ' + words;
  return s('a', {href: '#stage-' + stage.stage, class: 'stage stage-' + stage.state, 'aria-label': label, 'data-stage': stage.stage},
    s('title', {}, label),
    s('rect', {class: 'box', x: node.x, y: node.y, width: WIDTH, height: HEIGHT, rx: 5}),
    s('text', {class: 'id', x: node.x + 10, y: node.y + 19}, (MARKS[stage.state] ?? '') + ' Stage ' + stage.stage + (stage.attempt ? ', attempt ' + (stage.attempt + 1) : '')),
    s('text', {class: 'name', x: node.x + 10, y: node.y + 35}, shortened(stage.name ?? '')),
    s('rect', {class: 'track', x: node.x + 10, y: node.y + 43, width: WIDTH - 80, height: 6, rx: 3}),
    s('rect', {class: 'done', x: node.x + 10, y: node.y + 43, width: Math.max(0, Math.min(1, share)) * (WIDTH - 80), height: 6, rx: 3}),
    s('text', {class: 'tasks', x: node.x + WIDTH - 10, y: node.y + 50, 'text-anchor': 'end'}, stage.state === 'Skipped' ? 'skipped' : done(stage, active) + '/' + tasks));
}

function shortened(name) {
  return name.length > 28 ? name.slice(0, 27) + '…' : name;
}

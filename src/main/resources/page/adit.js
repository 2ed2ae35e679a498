// The page of a running Adit. It only reads, from /api/v1/ and /explain of the host that it came from.
import {element, visible} from './elements.js';
import {number, percent, millis, duration, ago} from './figures.js';
import {Chart} from './chart.js';

const POLL_MILLIS = 2000;
const TYPING_MILLIS = 200;
const ROWS = 50;

const main = document.getElementById('main');
const stateLine = document.getElementById('state');
let page = null; // what is shown: {refresh, close}
let timer = 0;
let opened = 0; // counts pages, so that late answers for another one are dropped

async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch('/api/v1/' + path + (query ? '?' + query : ''), {headers: {accept: 'application/json'}});
  if (!response.ok) {
    throw new Error(response.status + ' ' + response.statusText);
  }
  return response.json();
}

// ---- parts of pages

function table(caption, columns, rows, cells, empty) {
  if (rows.length === 0) {
    return element('p', {class: 'empty'}, empty);
  }
  return element('table', {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns.map(column =>
      element('th', {scope: 'col', class: column.number ? 'number' : ''}, column.name)))),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...cells(row).map((content, i) => {
      const column = columns[i];
      return element(i === 0 ? 'th' : 'td',
        {scope: i === 0 ? 'row' : null, class: column.number ? 'number' : '', 'data-label': i === 0 ? null : column.name},
        ...[].concat(content));
    })))));
}

const text = name => ({name});
const figure = name => ({name, number: true});

function signalCells(signals) {
  const minute = signals['1m'];
  return [
    number(minute.rate),
    element('span', {class: minute.serverErrors ? 'bad state' : ''}, percent(minute.errorShare)),
    millis(minute.p50), millis(minute.p90), millis(minute.p99),
  ];
}

const SIGNALS = [figure('req/s'), figure('errors'), figure('p50'), figure('p90'), figure('p99')];

function windows(signals) {
  const line = name => {
    const one = signals[name];
    return `${number(one.rate)} req/s, ${percent(one.errorShare)} errors, ${one.clientErrors} of 4xx, `
      + `p50 ${millis(one.p50)}, p90 ${millis(one.p90)}, p99 ${millis(one.p99)}`;
  };
  return [['1 min', line('1m')], ['10 min', line('10m')], ['1 h', line('1h')]];
}

function definitions(pairs) {
  return element('dl', {}, ...pairs.flatMap(([name, value]) =>
    [element('dt', {}, name), element('dd', {}, ...[].concat(value))]));
}

function state(name) {
  const kind = {ready: 'good', ok: 'good', True: 'good', error: 'bad', ejected: 'bad', expired: 'bad', False: 'bad',
    'expires-soon': 'warn', 'not-yet-valid': 'warn', warning: 'warn'}[name] || '';
  return element('span', {class: 'state ' + kind}, name.replaceAll('-', ' '));
}

function ruleCell(rule) {
  return [`${rule.kind} ${rule.namespace}/${rule.name}`, element('small', {}, rule.field)];
}

/** A list with a search field, which the server cuts into pages. Open details and the focus stay when it is read again. */
function listPage(title, path, placeholder, orders, render) {
  const query = new URLSearchParams(location.hash.split('?')[1] || '');
  let offset = 0;
  let order = query.get('sort') || (orders[0] || [''])[0];
  const search = element('input', {type: 'search', id: 'search', placeholder, maxlength: 200, autocomplete: 'off'});
  search.value = query.get('search') || '';
  const sort = element('select', {id: 'sort'}, ...orders.map(([value, name]) => element('option', {value}, name)));
  sort.value = order;
  const result = element('div', {});
  const summary = element('span', {role: 'status'});
  const back = element('button', {type: 'button'}, 'Previous');
  const on = element('button', {type: 'button'}, 'Next');
  let typing = 0;
  let asked = 0;

  async function refresh() {
    const mine = ++asked;
    const parameters = {offset, limit: ROWS};
    if (search.value.trim()) parameters.search = search.value.trim();
    if (orders.length) parameters.sort = order;
    const list = await get(path, parameters);
    if (mine !== asked) return;
    if (offset > 0 && offset >= list.found) { offset = 0; return refresh(); }
    keepOpen(result, () => result.replaceChildren(render(list)));
    const last = Math.min(offset + ROWS, list.found);
    summary.textContent = list.found === 0 ? 'nothing found'
      : `${offset + 1} to ${last} of ${list.found.toLocaleString('en')}`
        + (list.found < list.total ? ` (${list.total.toLocaleString('en')} in all)` : '');
    back.disabled = offset === 0;
    on.disabled = last >= list.found;
  }
  function again() {
    const kept = new URLSearchParams();
    if (search.value.trim()) kept.set('search', search.value.trim());
    if (orders.length && order !== orders[0][0]) kept.set('sort', order);
    history.replaceState(null, '', '#/' + path + (kept.size ? '?' + kept : ''));
    refresh().catch(failed);
  }
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => { offset = 0; again(); }, TYPING_MILLIS);
  });
  sort.addEventListener('change', () => { order = sort.value; offset = 0; again(); });
  back.addEventListener('click', () => { offset = Math.max(0, offset - ROWS); again(); });
  on.addEventListener('click', () => { offset += ROWS; again(); });

  main.replaceChildren(
    element('h1', {}, title),
    element('form', {class: 'filters', role: 'search', onsubmit: event => event.preventDefault()},
      element('label', {for: 'search'}, 'Search', search),
      orders.length ? element('label', {for: 'sort'}, 'Sort by', sort) : null),
    result,
    element('div', {class: 'pages'}, back, on, summary));
  return {refresh, close: () => clearTimeout(typing)};
}

function keepOpen(root, change) {
  const open = new Set([...root.querySelectorAll('details[open]')].map(one => one.dataset.key));
  const focused = root.contains(document.activeElement) ? document.activeElement.closest('details')?.dataset.key : null;
  change();
  for (const one of root.querySelectorAll('details')) {
    one.open = open.has(one.dataset.key);
    if (one.dataset.key === focused) one.querySelector('summary').focus();
  }
}

// ---- pages

function overview() {
  const notices = element('div', {});
  const tiles = element('div', {class: 'tiles'});
  const traffic = new Chart('Requests per second', [['all', '--accent'], ['4xx', '--warn'], ['5xx and broken off', '--bad']],
    value => number(value));
  const latency = new Chart('Time to the response, in milliseconds', [['p50', '--good'], ['p90', '--warn'], ['p99', '--bad']],
    value => number(value));
  const busiest = element('div', {class: 'card'});
  const renew = element('div', {class: 'card'});
  const failing = element('div', {class: 'card'});
  main.replaceChildren(
    element('h1', {}, 'Overview'), notices, tiles,
    element('div', {class: 'columns'}, traffic.card, latency.card), busiest, element('p', {}),
    element('div', {class: 'columns'}, renew, failing));
  const trend = {at: [], rate: [], clientErrors: [], serverErrors: [], p50: [], p90: [], p99: []};

  async function refresh() {
    const [now, more, routes, requests] = await Promise.all([
      get('overview'), get('trend', {after: trend.at.at(-1) || 0}),
      get('routes', {sort: 'requests', limit: 8}), get('requests')]);
    showState(now);
    for (const name of Object.keys(trend)) {
      trend[name].push(...more[name]);
      trend[name].splice(0, trend[name].length - 450);
    }
    notices.replaceChildren(...notes(now));
    tiles.replaceChildren(...tilesOf(now));
    traffic.show([trend.at, trend.rate, trend.clientErrors, trend.serverErrors]);
    latency.show([trend.at, trend.p50, trend.p90, trend.p99]);
    const active = routes.items.filter(route => route.signals['1m'].requests > 0);
    busiest.replaceChildren(element('h2', {}, 'Busiest routes'),
      table('Last minute', [text('Host and path'), text('Rule'), ...SIGNALS], active,
        route => [`${route.host} ${route.match}`, ruleCell(route.rule), ...signalCells(route.signals)],
        'No route has had a request within the last minute.'));
    renew.replaceChildren(element('h2', {}, 'Certificates to renew'), now.certificatesToRenew.length === 0
      ? element('p', {class: 'empty'}, 'None ends within three weeks.')
      : element('ul', {}, ...now.certificatesToRenew.map(one =>
        element('li', {}, state(one.state), ` ${one.secret} for ${one.hosts.join(', ')}: ${one.daysLeft} days left`))));
    failing.replaceChildren(element('h2', {}, 'Recent failures'), requests.failed.length === 0
      ? element('p', {class: 'empty'}, 'No request has failed since the start.')
      : element('ul', {}, ...requests.failed.slice(0, 6).map(one => element('li', {},
        element('span', {class: 'bad state'}, String(one.status || 'no answer')),
        ` ${one.method} ${one.host}${one.path}, ${ago(one.at)}`,
        element('small', {}, one.reason ? `: ${one.reason}` : '')))));
  }
  return {refresh, close: () => { traffic.close(); latency.close(); }};
}

function notes(now) {
  const notices = [];
  if (!now.synced) notices.push('The routes have not been read yet.');
  if (now.stale) notices.push('The API server cannot be read. These routes are those of before the start.');
  if (now.draining) notices.push('Adit is ending: it serves what is open.');
  if (!now.statistics) notices.push('Rates and latencies are off (--statistics=off).');
  return notices.map(one => element('p', {class: 'notice'}, one));
}

function tilesOf(now) {
  const [minute, ten, hour] = [now.signals['1m'], now.signals['10m'], now.signals['1h']];
  const tile = (value, name, small, kind = '') => element('div', {class: 'card tile'},
    element('b', {class: kind}, value), element('span', {}, name), element('small', {}, small));
  const each = read => `10 min ${read(ten)}, 1 h ${read(hour)}`;
  return [
    tile(number(minute.rate), 'requests per second', each(one => number(one.rate))),
    tile(percent(minute.errorShare), 'server errors', each(one => percent(one.errorShare)), minute.serverErrors ? 'bad' : ''),
    tile(millis(minute.p50), 'half are faster (p50)', each(one => millis(one.p50))),
    tile(millis(minute.p99), '99 of 100 are faster (p99)', each(one => millis(one.p99))),
    tile(number(now.connections.open), 'open connections', `${now.connections.accepted.toLocaleString('en')} since the start`),
    tile(number(now.counts.routes), 'routes', `${now.counts.hosts.toLocaleString('en')} hosts, ${now.counts.services} services, `
      + `${now.counts.endpoints} endpoints, ${now.connections.ejectedEndpoints} ejected`),
  ];
}

const routes = () => listPage('Routes', 'routes', 'Host, path, service, namespace or policy',
  [['host', 'host'], ['requests', 'requests'], ['errors', 'errors'], ['p99', 'p99']], list =>
    table('Signals are of the last minute', [text('Host'), text('Path and conditions'), text('Action'), ...SIGNALS],
      list.items, route => [
        [route.host, route.port ? element('small', {}, `port ${route.port}`) : null],
        element('code', {}, route.match),
        [element('code', {}, route.action), routeDetails(route)],
        ...signalCells(route.signals)],
      'No route is found. Routes come from Ingresses and Gateways of this controller’s classes.'));

function routeDetails(route) {
  const services = route.services.map(service => [service.service + (service.weight === undefined ? '' : `, weight ${service.weight}`),
    service.ready === 0 ? element('span', {class: 'bad state'}, 'no ready endpoint')
      : service.endpoints.flatMap((endpoint, i) => [i ? ', ' : '', endpoint.address + ' ', state(endpoint.state)])
        .concat(service.ready > service.endpoints.length ? ` and ${service.ready - service.endpoints.length} more` : '')]);
  const rule = `${route.rule.kind} ${route.rule.namespace}/${route.rule.name}, ${route.rule.field}`;
  return element('details', {'data-key': JSON.stringify([route.host, route.port, route.match, rule])},
    element('summary', {}, 'Details'),
    definitions([['written in', rule], ...services, ...windows(route.signals)]));
}

const endpoints = () => listPage('Endpoints', 'endpoints', 'Service or address', [], list =>
  table('Signals are of the last minute', [text('Endpoint'), text('Service'), text('State'), ...SIGNALS], list.items,
    one => [one.address, one.service, state(one.state), ...signalCells(one.signals)], 'No endpoint is found.'));

const problems = () => listPage('Problems', 'problems', 'Object, reason or message', [], list =>
  table('Parts of objects that are refused or ignored. Nothing else is affected', [text('Object'), text('Severity'), text('Field'), text('What is wrong, and what to do')],
    list.items, one => [`${one.kind} ${one.object}`, state(one.severity), element('code', {}, one.field),
      [one.message, element('small', {}, one.reason)]], 'No problem: every object is served as it is written.'));

function simplePage(title, path, render) {
  const result = element('div', {});
  main.replaceChildren(element('h1', {}, title), result);
  return {refresh: async () => { const list = await get(path); keepOpen(result, () => result.replaceChildren(...render(list))); }, close: () => {}};
}

const certificates = () => simplePage('Certificates', 'certificates', list => [
  table('The one that ends first comes first', [text('Secret'), text('Hosts'), text('State'), figure('days left'), text('Ends'), text('Issuer')],
    list.items, one => [one.secret,
      one.hosts.slice(0, 8).join(', ') + (one.hostCount > 8 ? ` and ${one.hostCount - 8} more` : ''), state(one.state),
      String(one.daysLeft), one.notAfter.slice(0, 10), [one.issuer, element('small', {}, one.algorithm)]], 'No certificate is served.'),
  list.withoutCertificate ? element('p', {class: 'empty'}, `${list.withoutCertificate.toLocaleString('en')} hosts have no certificate. Over TLS they show one that Adit has made itself: `
    + list.hostsWithoutCertificate.slice(0, 20).join(', ') + (list.withoutCertificate > 20 ? ' …' : '')) : null]);

const gateways = () => simplePage('Gateways', 'gateways', list => [
  table('As their statuses say it', [text('Gateway'), text('Conditions'), text('Listeners')], list.items, one => [
    `${one.kind} ${one.object}`, conditions(one.conditions),
    one.listeners.flatMap(listener => [element('strong', {}, listener.name), ` ${listener.attachedRoutes} routes `, ...conditions(listener.conditions)])],
    'No Gateway is of a class of this controller.')]);

function conditions(list) {
  return list.map(one => element('small', {}, `${one.type} `, state(one.status), ` ${one.reason}`
    + (one.status === 'True' ? '' : `: ${one.message}`)));
}

const ENDS = {complete: 'as the endpoint answered', 'upstream-broke': 'the endpoint broke off its response',
  'broken-off': 'Adit broke off the response', 'client-gone': 'the client left', upgraded: 'the protocol was switched'};

const requests = () => simplePage('Requests', 'requests', list => {
  const columns = [text('When'), text('Request'), figure('status'), figure('time'), text('Why'), text('Endpoint')];
  const cells = one => [ago(one.at), `${one.method} ${one.host}${one.path}`, String(one.status || '–'), millis(one.duration),
    [one.reason || ENDS[one.end] || one.end, one.rule ? element('small', {}, one.rule) : null],
    [one.endpoint || '–', one.attempts > 1 ? element('small', {}, `${one.attempts} attempts`) : null]];
  return [element('h2', {}, 'Failed'),
    table('Server errors and responses that were broken off, newest first', columns, list.failed, cells, 'No request has failed since the start.'),
    element('p', {}), element('h2', {}, 'Slowest'),
    table('Of the last five minutes', columns, list.slowest, cells, 'No request within the last five minutes.')];
});

function explain() {
  const url = element('input', {type: 'text', id: 'url', class: 'wide', placeholder: 'https://shop.example.com/cart', autocomplete: 'off', spellcheck: 'false'});
  const method = element('input', {type: 'text', id: 'method', value: 'GET', size: 8, autocomplete: 'off'});
  const header = element('input', {type: 'text', id: 'header', class: 'wide', placeholder: 'Cookie: user=beta', autocomplete: 'off'});
  const answer = element('pre', {'aria-live': 'polite', class: 'card'});
  answer.hidden = true;
  const ask = async event => {
    event.preventDefault();
    const query = new URLSearchParams({url: url.value.trim(), method: method.value.trim() || 'GET'});
    if (header.value.trim()) query.append('header', header.value.trim());
    const response = await fetch('/explain?' + query).catch(failed);
    if (!response) return;
    answer.textContent = visible(await response.text());
    answer.hidden = false;
  };
  main.replaceChildren(element('h1', {}, 'Explain'),
    element('p', {}, 'Which rule serves a URL, and why other rules do not.'),
    element('form', {class: 'filters', onsubmit: ask},
      element('label', {for: 'url'}, 'URL', url), element('label', {for: 'method'}, 'Method', method),
      element('label', {for: 'header'}, 'Header field (optional)', header), element('button', {type: 'submit'}, 'Explain')),
    answer);
  url.focus();
  return {refresh: async () => {}, close: () => {}};
}

// ---- the whole

const pages = {overview, routes, endpoints, certificates, problems, gateways, requests, explain};

function showState(now) {
  const errors = now.problems.errors + now.problems.warnings;
  const count = document.getElementById('problem-count');
  count.hidden = errors === 0;
  count.textContent = errors;
  stateLine.className = '';
  stateLine.textContent = `${now.version} · generation ${now.generation}, ${ago(now.changedAt)} · up ${duration((Date.parse(now.now) - Date.parse(now.startedAt)) / 1000)}`;
}

function failed(error) {
  stateLine.className = 'bad';
  stateLine.textContent = `Adit does not answer (${visible(error.message)}). Trying again.`;
}

async function poll(mine) {
  if (mine !== opened) return;
  if (!document.hidden) {
    try {
      await page.refresh();
      if (mine === opened && page !== null && location.hash.split('?')[0] !== '#/overview') showState(await get('overview'));
    } catch (error) {
      failed(error);
    }
  }
  if (mine === opened) timer = setTimeout(() => poll(mine), POLL_MILLIS);
}

function open() {
  const name = location.hash.replace(/^#\//, '').split('?')[0];
  const shown = pages[name] ? name : 'overview';
  clearTimeout(timer);
  page?.close();
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === '#/' + shown) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = shown[0].toUpperCase() + shown.slice(1) + ' – Adit';
  window.scrollTo(0, 0);
  document.querySelector('nav a[aria-current]').scrollIntoView({block: 'nearest', inline: 'nearest'});
  const mine = ++opened;
  page = pages[shown]();
  poll(mine);
}

window.addEventListener('hashchange', () => { open(); if (page !== null && document.activeElement === document.body) main.focus(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) { clearTimeout(timer); poll(opened); } });
open();

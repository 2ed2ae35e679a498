// The page of a running Adit. It only reads, from /api/v1/ and /explain of the host that it came from.
import {element, visible} from './elements.js';
import {number, percent, millis, duration, ago} from './figures.js';
import {Chart} from './chart.js';

const POLL_MILLIS = 2000;
const TYPING_MILLIS = 200;
const PATIENCE_MILLIS = 10000;
const ROWS = 50;

const main = document.getElementById('main');
const stateLine = document.getElementById('state');
const alertLine = document.getElementById('alert');
const noticeLine = document.getElementById('notice');
const pause = document.getElementById('pause');
let page = null; // what is shown: {refresh, close, name, shown}
let timer = 0;
let opened = 0; // counts pages, so that late answers for another one are dropped
let polling = 0; // the page that is being read right now
let paused = false;

async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch('/api/v1/' + path + (query ? '?' + query : ''),
    {headers: {accept: 'application/json'}, signal: AbortSignal.timeout(PATIENCE_MILLIS)});
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
  // The roles are those of the elements: on a phone they are laid out as blocks, and would lose them.
  return element('table', {role: 'table'},
    element('caption', {}, caption),
    element('thead', {role: 'rowgroup'}, element('tr', {role: 'row'}, ...columns.map(column =>
      element('th', {role: 'columnheader', scope: 'col', class: column.number ? 'number' : ''}, column.name)))),
    element('tbody', {role: 'rowgroup'}, ...rows.map(row => element('tr', {role: 'row'}, ...cells(row).map((content, i) => {
      const column = columns[i];
      return element(i === 0 ? 'th' : 'td',
        {role: i === 0 ? 'rowheader' : 'cell', scope: i === 0 ? 'row' : null, class: column.number ? 'number' : '', 'data-label': i === 0 ? null : column.name},
        ...[].concat(content));
    })))));
}

const text = name => ({name});
const figure = name => ({name, number: true});

function signalCells(signals) {
  if (!signals) return ['–', '–', '–', '–', '–']; // connections that pass unread
  const minute = signals['1m'];
  return [
    number(minute.rate),
    [element('span', {class: minute.serverErrors ? 'bad state' : ''}, percent(minute.errorShare)),
      minute.serverErrors ? element('small', {}, `${minute.serverErrors.toLocaleString('en')} of ${minute.requests.toLocaleString('en')}`) : null],
    millis(minute.p50), millis(minute.p90), millis(minute.p99),
  ];
}

const SIGNALS = [figure('req/s'), figure('errors'), figure('p50'), figure('p90'), figure('p99')];

function windows(signals) {
  const line = name => {
    const one = signals[name];
    return `${number(one.rate)} req/s, ${percent(one.errorShare)} errors, ${one.clientErrors} with 4xx, `
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
  let offset = Math.max(0, Number.parseInt(query.get('offset'), 10) || 0);
  const wanted = query.get('sort');
  let order = orders.some(([value]) => value === wanted) ? wanted : (orders[0] || [''])[0];
  const search = element('input', {type: 'search', id: 'search', placeholder, maxlength: 200, autocomplete: 'off'});
  search.value = (query.get('search') || '').slice(0, 200);
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
    say(summary, list.found === 0 ? 'nothing found'
      : `${offset + 1} to ${last} of ${list.found.toLocaleString('en')}`
        + (list.found < list.total ? ` (${list.total.toLocaleString('en')} in all)` : ''));
    back.disabled = offset === 0;
    on.disabled = last >= list.found;
  }
  function again() {
    const kept = new URLSearchParams();
    if (search.value.trim()) kept.set('search', search.value.trim());
    if (orders.length && order !== orders[0][0]) kept.set('sort', order);
    if (offset > 0) kept.set('offset', offset);
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
  const tiles = element('div', {class: 'tiles'});
  const traffic = new Chart('Requests per second', [['all', '--accent'], ['4xx', '--warn'], ['5xx and broken off', '--bad']],
    value => number(value));
  const latency = new Chart('Time to the response, in milliseconds', [['p50', '--good'], ['p90', '--warn'], ['p99', '--bad']],
    value => value === null ? '–' : `${number(value)} ms`);
  const busiest = element('div', {class: 'card'});
  const renew = element('div', {class: 'card'});
  const failing = element('div', {class: 'card'});
  main.replaceChildren(
    element('h1', {}, 'Overview'), tiles,
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
    tiles.replaceChildren(...tilesOf(now));
    traffic.show([trend.at, trend.rate, trend.clientErrors, trend.serverErrors]);
    const gaps = values => values.map(value => value === 0 ? null : value); // where there was no request
    latency.show([trend.at, gaps(trend.p50), gaps(trend.p90), gaps(trend.p99)]);
    const active = routes.items.filter(route => route.signals?.['1m'].requests > 0);
    busiest.replaceChildren(element('h2', {}, 'Busiest routes'),
      table('Last minute', [text('Host and path'), text('Rule'), ...SIGNALS], active,
        route => [`${route.host} ${route.match}`, ruleCell(route.rule), ...signalCells(route.signals)],
        'No route has had a request within the last minute.'));
    renew.replaceChildren(element('h2', {}, 'Certificates to renew'), now.certificatesToRenew.length === 0
      ? element('p', {class: 'empty'}, 'None ends within three weeks.')
      : element('ul', {}, ...now.certificatesToRenew.map(one =>
        element('li', {}, state(one.state), ` ${one.secret} for ${one.hosts.join(', ')}: ${one.daysLeft} days left`))));
    failing.replaceChildren(element('h2', {}, 'Recent failures'), requests.failed.length === 0
      ? element('p', {class: 'empty'}, now.statistics ? 'No request has failed since the start.' : 'Nothing is counted (--statistics=off).')
      : element('ul', {}, ...requests.failed.slice(0, 6).map(one => element('li', {},
        element('span', {class: 'bad state'}, String(one.status || 'no answer')),
        ` ${one.method} ${one.host}${one.path}, ${ago(one.at)}`,
        element('small', {}, why(one))))));
  }
  return {refresh, close: () => { traffic.close(); latency.close(); }};
}

function notes(now) {
  const notices = [];
  if (!now.synced) notices.push('The routes have not been read yet.');
  if (now.stale) notices.push('The API server cannot be read. These routes are those of before the start.');
  if (now.draining) notices.push('Adit is ending: it serves what is open.');
  if (!now.statistics) notices.push('Rates and latencies are off (--statistics=off).');
  return notices;
}

function tilesOf(now) {
  const tile = (value, name, small, kind = '') => element('div', {class: 'card tile'},
    element('b', {class: kind}, value), element('span', {}, name), element('small', {}, small));
  const signal = (name, read, kind = () => '') => now.signals
    ? tile(read(now.signals['1m']), name, `10 min ${read(now.signals['10m'])}, 1 h ${read(now.signals['1h'])}`, kind(now.signals['1m']))
    : tile('–', name, 'not counted');
  return [
    signal('requests per second', one => number(one.rate)),
    signal('server errors', one => percent(one.errorShare), one => one.serverErrors ? 'bad' : ''),
    signal('half are faster (p50)', one => millis(one.p50)),
    signal('99 of 100 are faster (p99)', one => millis(one.p99)),
    tile(number(now.connections.open), 'open connections', `${now.connections.activeRequests.toLocaleString('en')} requests on their way, `
      + `${now.connections.accepted.toLocaleString('en')} connections since the start`),
    tile(number(now.counts.routes), 'routes', `${now.counts.hosts.toLocaleString('en')} hosts, ${now.counts.services} services, `
      + `${now.counts.endpoints} endpoints, ${now.connections.ejectedEndpoints} ejected`),
  ];
}

const routes = () => listPage('Routes', 'routes', 'Host, path, service, namespace or policy',
  [['host', 'host'], ['requests', 'requests'], ['errors', 'number of errors'], ['p99', 'p99']], list => element('div', {},
    table('Signals are of the last minute', [text('Host'), text('Path and conditions'), text('Action'), ...SIGNALS],
      list.items, route => [
        [route.host, route.port ? element('small', {}, `port ${route.port}`) : null],
        element('code', {}, route.match),
        [element('code', {}, route.action), routeDetails(route)],
        ...signalCells(route.signals)],
      'No route is found. Routes come from Ingresses and Gateways of this controller’s classes.'),
    elsewhere(list)));

// What no row of the table has: it would look as if it had not been.
function elsewhere(list) {
  const rest = [['that no route took', list.unmatched], ['to routes beyond those that are counted one by one', list.others]]
    .filter(([, signals]) => list.statistics && signals?.['1m'].requests > 0)
    .map(([which, signals]) => `${signals['1m'].requests.toLocaleString('en')} requests ${which}, `
      + `${percent(signals['1m'].errorShare)} of them errors`);
  return rest.length ? element('p', {}, `And in the last minute: ${rest.join('; ')}.`) : null;
}

function routeDetails(route) {
  const services = route.services.map(service => [service.service + (service.weight === undefined ? '' : `, weight ${service.weight}`),
    service.ready === 0 ? element('span', {class: 'bad state'}, 'no ready endpoint')
      : service.endpoints.flatMap((endpoint, i) => [i ? ', ' : '', endpoint.address + ' ', state(endpoint.state)])
        .concat(service.ready > service.endpoints.length ? ` and ${service.ready - service.endpoints.length} more` : '')]);
  const rule = `${route.rule.kind} ${route.rule.namespace}/${route.rule.name}, ${route.rule.field}`;
  return element('details', {'data-key': JSON.stringify([route.host, route.port, route.match, rule])},
    element('summary', {}, 'Details'),
    definitions([['written in', rule], ...services, ...(route.signals ? windows(route.signals) : [])]));
}

const endpoints = () => listPage('Endpoints', 'endpoints', 'Service, address or pod',
  [['service', 'Service'], ['requests', 'requests'], ['errors', 'number of errors'], ['p99', 'p99']], list =>
  table('Signals are of the last minute', [text('Endpoint'), text('Service'), text('State'), ...SIGNALS], list.items,
    one => [[one.address, one.pod ? element('small', {}, one.pod) : null], one.service, state(one.state), ...signalCells(one.signals)], 'No endpoint is found.'));

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

/** A response whose head was there already has a status that says nothing of its end. */
function why(one) {
  const broken = one.end === 'upstream-broke' || one.end === 'broken-off';
  return broken ? ENDS[one.end] + (one.reason ? `: ${one.reason}` : '') : one.reason || ENDS[one.end] || one.end;
}

const requests = () => simplePage('Requests', 'requests', list => {
  const columns = [text('When'), text('Request'), figure('status'), figure('time'), text('Why'), text('Endpoint')];
  const cells = one => [ago(one.at), `${one.method} ${one.host}${one.path}`, String(one.status || '–'), millis(one.duration),
    [why(one), one.rule ? element('small', {}, one.rule) : null],
    [one.endpoint || '–', one.attempts > 1 ? element('small', {}, `${one.attempts} attempts`) : null]];
  return [element('h2', {}, 'Failed'),
    table('Server errors and responses that were broken off, newest first; of many at once only some are kept', columns, list.failed, cells,
      list.statistics ? 'No request has failed since the start.' : 'Nothing is counted (--statistics=off).'),
    element('p', {}), element('h2', {}, 'Slowest'),
    table('The eight slowest of each of the last five minutes on each event loop', columns, list.slowest, cells,
      list.statistics ? 'No request within the last five minutes.' : 'Nothing is counted (--statistics=off).')];
});

function explain() {
  const url = element('input', {type: 'text', id: 'url', class: 'wide', placeholder: 'https://shop.example.com/cart', autocomplete: 'off', spellcheck: 'false'});
  const method = element('input', {type: 'text', id: 'method', value: 'GET', size: 8, autocomplete: 'off'});
  const header = element('input', {type: 'text', id: 'header', class: 'wide', placeholder: 'Cookie: user=beta', autocomplete: 'off'});
  const answer = element('pre', {'aria-live': 'polite', class: 'card'});
  answer.hidden = true;
  const given = new URLSearchParams(location.hash.split('?')[1] || '');
  url.value = given.get('url') || '';
  method.value = given.get('method') || 'GET';
  header.value = given.get('header') || '';
  const ask = async event => {
    event?.preventDefault();
    const query = new URLSearchParams({url: url.value.trim(), method: method.value.trim() || 'GET'});
    if (header.value.trim()) query.append('header', header.value.trim());
    history.replaceState(null, '', '#/explain?' + query);
    const response = await fetch('/explain?' + query, {signal: AbortSignal.timeout(PATIENCE_MILLIS)}).catch(failed);
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
  if (url.value) ask();
  else url.focus();
  return {refresh: async () => {}, close: () => {}};
}

// ---- the whole

const pages = {overview, routes, endpoints, certificates, problems, gateways, requests, explain};

function showState(now) {
  const errors = now.problems.errors + now.problems.warnings;
  const count = document.getElementById('problem-count');
  count.hidden = errors === 0;
  count.textContent = errors;
  say(alertLine, '');
  const notices = notes(now).join(' ');
  say(noticeLine, notices);
  noticeLine.hidden = notices === '';
  say(stateLine, `${now.version} · changed ${ago(now.changedAt)} · up ${duration((Date.parse(now.now) - Date.parse(now.startedAt)) / 1000)}`);
}

function failed(error) {
  say(alertLine, `Adit does not answer (${visible(error.message)}). Trying again.`);
}

async function poll(mine) {
  if (mine !== opened || polling === mine) return;
  polling = mine;
  if (!document.hidden && !(paused && page.shown)) {
    try {
      await page.refresh();
      page.shown = true;
      if (mine === opened && page.name !== 'overview') showState(await get('overview'));
    } catch (error) {
      if (mine === opened) failed(error);
    }
  }
  if (mine === opened) {
    polling = 0;
    timer = setTimeout(() => poll(mine), POLL_MILLIS);
  }
}

/** Changes a text only where it is another one, so that screen readers do not say it again. */
function say(line, text) {
  if (line.textContent !== text) line.textContent = text;
}

function open() {
  const name = location.hash.replace(/^#\//, '').split('?')[0];
  const shown = Object.hasOwn(pages, name) ? name : 'overview';
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
  page.name = shown;
  poll(mine);
}

window.addEventListener('hashchange', () => {
  if (!location.hash.startsWith('#/')) return; // the link that skips to the content
  open();
  if (document.activeElement === document.body) main.focus({preventScroll: true});
});
pause.addEventListener('click', () => {
  paused = !paused;
  pause.textContent = paused ? 'Go on' : 'Pause';
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) { clearTimeout(timer); poll(opened); } });
open();

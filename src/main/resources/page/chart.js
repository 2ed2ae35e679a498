// A line chart of the last quarter of an hour, with its last values as text for those who do not see it.
import {element} from './elements.js';

const HEIGHT = 200;

export class Chart {
  constructor(title, series, format) {
    this.series = series;
    this.format = format;
    this.area = element('div', {class: 'chart', role: 'img'});
    this.legend = element('ul', {class: 'legend'});
    this.card = element('section', {class: 'card', 'aria-label': title}, element('h2', {}, title), this.area, this.legend);
    this.title = title;
    this.sized = new ResizeObserver(() => this.plot?.setSize({width: this.area.clientWidth, height: HEIGHT}));
    this.sized.observe(this.area);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.recolour = () => { this.plot?.destroy(); this.plot = null; if (this.columns) this.show(this.columns); };
    this.scheme.addEventListener('change', this.recolour);
  }

  show(columns) {
    this.columns = columns;
    if (!this.plot) this.plot = this.draw(columns);
    else this.plot.setData(columns);
    const last = this.series.map(([name, colour], i) => {
      const mark = element('i', {});
      mark.style.background = this.colour(colour);
      return element('li', {}, mark, `${name} ${this.format(columns[i + 1].at(-1) ?? null)}`);
    });
    this.legend.replaceChildren(...last);
    this.area.setAttribute('aria-label', `${this.title}: ` + last.map(one => one.textContent).join(', '));
  }

  draw(columns) {
    const axis = {stroke: this.colour('--soft'), grid: {stroke: this.colour('--line'), width: 1}, ticks: {show: false}};
    return new window.uPlot({
      width: this.area.clientWidth, height: HEIGHT, legend: {show: false}, cursor: {y: false, points: {size: 6}},
      scales: {y: {range: (_, least, most) => [0, Math.max(1, most * 1.1)]}},
      axes: [{...axis, values: (_, times) => times.map(time => new Date(time * 1000).toLocaleTimeString('en-GB'))}, {...axis, size: 56}],
      series: [{}, ...this.series.map(([label, colour]) => ({label, stroke: this.colour(colour), width: 1.6, points: {show: false}}))],
    }, columns, this.area);
  }

  colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  close() {
    this.scheme.removeEventListener('change', this.recolour);
    this.sized.disconnect();
    this.plot?.destroy();
  }
}

// Numbers as people read them.

export function number(value) {
  if (value === null) return '–';
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function percent(share) {
  if (share === 0) return '0 %';
  return share < 0.0001 ? '< 0.01 %' : (share * 100).toFixed(share < 0.1 ? 2 : 1) + ' %';
}

export function millis(value) {
  if (value === 0) return '–';
  return value >= 1000 ? (value / 1000).toFixed(2) + ' s' : number(value) + ' ms';
}

export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return whole + ' s';
  if (whole < 3600) return Math.floor(whole / 60) + ' min';
  return whole < 172800 ? Math.floor(whole / 3600) + ' h' : Math.floor(whole / 86400) + ' days';
}

export function ago(time) {
  return duration((Date.now() - Date.parse(time)) / 1000) + ' ago';
}

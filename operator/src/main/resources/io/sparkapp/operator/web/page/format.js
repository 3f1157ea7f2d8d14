// Writes times and numbers for people.

export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) {
    return seconds + ' s';
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return minutes + ' min' + (minutes < 10 && seconds % 60 ? ' ' + (seconds % 60) + ' s' : '');
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? hours + ' h' + (minutes % 60 ? ' ' + (minutes % 60) + ' min' : '') : Math.floor(hours / 24) + ' d';
}

export function between(from, to) {
  return from ? duration((to ? Date.parse(to) : Date.now()) - Date.parse(from)) : '';
}

export function ago(time) {
  return time ? duration(Date.now() - Date.parse(time)) : '';
}

export function clock(time) {
  return time ? new Date(time).toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'medium'}) : '';
}

export function number(value) {
  return value === null || value === undefined ? '' : value.toLocaleString('en');
}

export function count(value, what) {
  return number(value) + ' ' + what + (value === 1 ? '' : 's');
}

/** As 12Gi; what is no amount of bytes stays. */
export function quantity(resource, text) {
  if (text === null || text === undefined) {
    return '';
  }
  if (resource !== 'memory' || !/^[0-9]+$/.test(text)) {
    return text;
  }
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let value = Number(text);
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return (value >= 10 || Number.isInteger(value) ? Math.round(value) : value.toFixed(1)) + units[unit];
}

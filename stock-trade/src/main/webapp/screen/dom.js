// Builds elements. Text is never parsed as markup.

/** Creates an element with attributes (functions become listeners) and children. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A table that is a list of cards on narrow screens. The roles keep it a table for screen readers. */
export function table(caption, heads, rows) {
  const isNumber = (i) => rows[0]?.cells[i].classList.contains('number');
  const head = el('tr', {role: 'row'}, ...heads.map((text, i) =>
    el('th', {role: 'columnheader', scope: 'col', class: isNumber(i) ? 'number' : null}, text)));
  return el('table', {role: 'table', 'aria-label': caption},
    el('thead', {role: 'rowgroup'}, head), el('tbody', {role: 'rowgroup'}, ...rows));
}

/** A row of such a table. A cell is a text, an element, or `{number: text, kind: class}`, aligned right. */
export function row(heads, cells, attributes = {}) {
  return el('tr', {role: 'row', ...attributes}, ...cells.map((cell, i) => {
    const isNumber = cell.number !== undefined;
    return el('td', {role: 'cell', 'data-head': heads[i], class: isNumber ? `number ${cell.kind ?? ''}` : null},
      isNumber ? cell.number : cell);
  }));
}

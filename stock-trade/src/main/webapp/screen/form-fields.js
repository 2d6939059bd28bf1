// Form fields with a label and a text for what is wrong, tied to their input for screen readers.

import {el} from './dom.js';

/** An input or select with its label. `note` adds an empty hint below it. */
export function field(name, label, input, note = false) {
  input.id = `ticket-${name}`;
  input.setAttribute('aria-describedby', `${input.id}-error${note ? ` ${input.id}-note` : ''}`);
  return el('div', {class: 'field'}, el('label', {for: input.id}, label), input,
    note ? el('p', {class: 'note', id: `${input.id}-note`}) : null,
    el('p', {class: 'error', id: `${input.id}-error`}));
}

/** Radio buttons, the first one checked; `choices` are pairs of value and label. */
export function choice(name, legend, choices) {
  return el('fieldset', {class: 'choice'}, el('legend', {}, legend), ...choices.map(([value, label], i) => el('label', {},
    el('input', {type: 'radio', name, value, checked: i === 0, 'aria-describedby': `ticket-${name}-error`}), label)),
  el('p', {class: 'error', id: `ticket-${name}-error`}));
}

/** Shows what is wrong with a field; '' clears it. */
export function mark(form, name, text) {
  const error = form.querySelector(`#ticket-${name}-error`);
  if (!error) return;
  error.textContent = text;
  for (const input of form.querySelectorAll(`[name=${name}]`)) {
    if (text) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
}

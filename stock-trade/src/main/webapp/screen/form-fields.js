// Form fields with a label and an error text, linked to the input for screen readers.

import {el} from './dom.js';

/** The fields of one form; the ids of its elements start with `prefix`. */
export function formFields(prefix) {
  const id = (name, part = '') => `${prefix}-${name}${part}`;

  return {
    /** An input or select with its label. `note` adds an empty hint below it. */
    field(name, label, input, note = false) {
      input.id = id(name);
      input.setAttribute('aria-describedby', `${id(name, '-error')}${note ? ` ${id(name, '-note')}` : ''}`);
      return el('div', {class: 'field'}, el('label', {for: input.id}, label), input,
        note ? el('p', {class: 'note', id: id(name, '-note')}) : null,
        el('p', {class: 'error', id: id(name, '-error')}));
    },

    /** Radio buttons, the first one checked; `choices` are pairs of value and label. */
    choice(name, legend, choices) {
      return el('fieldset', {class: 'choice'}, el('legend', {}, legend), ...choices.map(([value, label], i) => el('label', {},
        el('input', {type: 'radio', name, value, checked: i === 0, 'aria-describedby': id(name, '-error')}), label)),
      el('p', {class: 'error', id: id(name, '-error')}));
    },

    /** Shows an error at a field; '' clears it. */
    setError(form, name, text) {
      const error = form.querySelector(`#${id(name, '-error')}`);
      if (!error) return;
      error.textContent = text;
      for (const input of form.querySelectorAll(`[name=${name}]`)) {
        if (text) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
      }
    },
  };
}

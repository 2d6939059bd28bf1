// Asks for confirmation of an action that cannot be undone.

import {el} from './dom.js';
import {texts} from './texts.js';

/** Resolves with true if the user confirms; Escape cancels. */
export function confirmed(question, action) {
  const close = (answer) => () => dialog.close(answer);
  const dialog = el('dialog', {'aria-labelledby': 'question'}, el('p', {id: 'question'}, question),
    el('div', {class: 'tools'}, el('button', {type: 'button', click: close('no')}, texts.dismiss),
      el('button', {type: 'button', class: 'danger', click: close('yes')}, action)));
  return new Promise((answer) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Elements are made of text only: what objects and clients wrote never becomes markup.

/** An element with attributes and children; null children are left out, everything else that is no node is text. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === '') continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== '')
    .map(child => child instanceof Node ? child : visible(String(child))));
  return made;
}

/** Characters that are not seen, or that turn the direction of the text around, are written as escapes. Line feeds stay. */
export function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, c =>
    c === '\n' ? c : '\\u{' + c.codePointAt(0).toString(16) + '}');
}

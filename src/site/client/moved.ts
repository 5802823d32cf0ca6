/** Leads on from an old address, to the same place on the page; without scripts the page itself does, to its top. */
const address = document.querySelector<HTMLElement>('[data-moved-to]')?.dataset['movedTo'];
if (address !== undefined) location.replace(address + location.hash);

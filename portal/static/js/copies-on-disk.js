// Where the other scripts keep what is typed and not saved: `unsavedCopies`, copies by name ("unsaved:…").
// localStorage holds them, written before a page can close; but browsers write it to the disk seconds later and it is gone
// when the browser itself is killed. So each copy is also put into IndexedDB, which has it on the disk before it says so.
// `ready` is over when what only the disk holds has been brought back; who looks for copies of an earlier page waits for it.
(() => {
  const PREFIX = "unsaved:";
  const DROPPED = "dropped-copies"; // names whose removal from the disk may not have been finished when the page closed
  const ON_ITS_WAY = 10000;
  const AT_MOST = 2000; // ms to wait for a disk that does not answer
  let onDisk = false;

  const quietly = (act) => {
    try {
      return act();
    } catch {
      return null; // storage full or switched off: what is typed is still in the form
    }
  };
  const done = (request) =>
    new Promise((go, fail) => {
      request.onsuccess = () => go(request.result);
      request.onerror = request.onblocked = () => fail(request.error);
    });
  const opened = (async () => {
    try {
      const asked = indexedDB.open("unsaved-copies", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("copies");
      const disk = await done(asked);
      onDisk = true;
      return disk;
    } catch {
      return null;
    }
  })();
  const write = async (act) => {
    const disk = await opened;
    if (!disk) return;
    try {
      const step = disk.transaction("copies", "readwrite", { durability: "strict" });
      act(step.objectStore("copies"));
      step.commit?.(); // a page that is closing waits for nothing
    } catch {
      // no room on the disk
    }
  };

  const names = () => quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) ?? [];
  const read = (name) => quietly(() => JSON.parse(localStorage.getItem(name)));
  const put = (name, copy) => quietly(() => localStorage.setItem(name, JSON.stringify(copy)));
  const keep = (name, copy) => {
    put(name, { ...copy, onDisk });
    write((store) => store.put({ ...copy, onDisk: true }, name));
  };
  const drop = (name) => {
    quietly(() => {
      localStorage.removeItem(name);
      localStorage.setItem(DROPPED, JSON.stringify([...(JSON.parse(localStorage.getItem(DROPPED)) ?? []), name].slice(-99)));
    });
    write((store) => store.delete(name));
  };

  async function bringBack() {
    const disk = await opened;
    if (!disk) return;
    const store = disk.transaction("copies").objectStore("copies");
    const [held, copies] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    const dropped = quietly(() => JSON.parse(localStorage.getItem(DROPPED))) ?? [];
    held.forEach((name, place) => {
      if (dropped.includes(name) && !read(name)) write((all) => all.delete(name));
      else if ((read(name)?.at ?? 0) < copies[place].at) put(name, copies[place]);
    });
    // What had been dropped before the browser was killed.
    names().forEach((name) => {
      const copy = read(name);
      if (copy?.onDisk && !held.includes(name) && Date.now() - copy.at > ON_ITS_WAY) quietly(() => localStorage.removeItem(name));
    });
    quietly(() => localStorage.removeItem(DROPPED));
  }

  window.unsavedCopies = {
    names,
    read,
    keep,
    drop,
    ready: Promise.race([bringBack().catch(() => {}), new Promise((go) => setTimeout(go, AT_MOST))]),
  };
})();

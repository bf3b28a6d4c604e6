// Keeps style, script and icons at hand. Pages and answers always come from the server: what is
// shown about a floor must be true now.

const CACHE = "lunpai-static-1";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith("/static/")) return;
  event.respondWith(
    caches.open(CACHE).then(async (cache) => {
      const kept = await cache.match(event.request);
      if (kept) return kept;
      const fresh = await fetch(event.request);
      // Only addresses with a stamp: they change when the file does.
      if (fresh.ok && url.searchParams.has("v")) {
        for (const old of await cache.keys()) {
          if (new URL(old.url).pathname === url.pathname) await cache.delete(old);
        }
        await cache.put(event.request, fresh.clone());
      }
      return fresh;
    }),
  );
});

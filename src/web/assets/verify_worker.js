// Keeps the page that verifies for when there is no network: the page and its scripts, all of one version
// (VERSION and KEPT stand above, put there by the server). Nothing else passes through it.
"use strict";
const NAME = `verify-page-${VERSION}`;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(KEPT.map((path) => new Request(path, { cache: "no-cache" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const sweep = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("verify-page-") && name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(sweep());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const path = url.pathname + url.search;
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !KEPT.includes(path)) {
    return;
  }
  const answer = async () => {
    const cache = await caches.open(NAME);
    return (await cache.match(path)) ?? fetch(event.request);
  };
  event.respondWith(answer());
});

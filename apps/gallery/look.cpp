#include <apps/gallery/look.hpp>

namespace dadcam::app::gallery {

const std::string_view kStyle = R"css(
:root{--page:#f6f6f4;--card:#fff;--ink:#1b1c1e;--soft:#585c63;--line:#d5d6d8;--act:#0b57a4;--good:#17692f;--bad:#a81d1d;
--wait:#7a4d00}
@media(prefers-color-scheme:dark){:root{--page:#141517;--card:#1f2124;--ink:#ececee;--soft:#a9adb4;--line:#3a3d42;
--act:#8ec2ff;--good:#7fd699;--bad:#ff9c94;--wait:#f0c26a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.45 system-ui,sans-serif}
header,main{padding:0 clamp(12px,2.5vw,40px)}
header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;border-bottom:1px solid var(--line);
background:var(--card)}
h1{font-size:1.3rem;margin:.6rem 0}
h1,h2,h3,p,summary{overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:4px 14px;padding:.4rem 0}
a{color:var(--act)}
a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
main{padding-top:14px;padding-bottom:60px}
.bar{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:14px;align-items:center}
button,input,summary{font:inherit;color:inherit}
button{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:5px 10px;cursor:pointer}
button[aria-pressed=true]{border-color:var(--act);color:var(--act);font-weight:600}
input{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 10px;width:min(100%,22rem)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.films{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}
article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px;content-visibility:auto;
contain-intrinsic-size:auto 420px;min-width:0}
.films article{display:flex;flex-direction:column;gap:6px}
article[hidden]{display:none}
.see{display:block;position:relative;aspect-ratio:16/9;background:#000;border-radius:6px;overflow:hidden;color:#e4e4e4;
text-align:center}
.see img,.see video{width:100%;height:100%;object-fit:contain;display:block}
.see span{position:absolute;inset:0;display:grid;place-items:center;padding:8px}
a.see::after{content:"\25b6";position:absolute;inset:auto auto 8px 8px;background:#000c;color:#fff;border-radius:50%;
width:2.2rem;height:2.2rem;line-height:2.2rem}
article h2{font-size:1.05rem;margin:4px 0 0;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;
overflow:hidden}
article p{margin:0}
.soft{color:var(--soft);font-size:.9rem}
.ok{color:var(--good)}.fail,.gone{color:var(--bad)}.run,.cancel{color:var(--wait)}
progress{width:100%;accent-color:var(--act)}
.do{display:flex;flex-wrap:wrap;gap:6px;margin-top:auto;padding-top:4px}
.do button{font:13px/1.4 ui-monospace,monospace;text-align:left;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;max-height:24rem;overflow:auto;margin:6px 0}
summary{cursor:pointer;color:var(--act)}
section>h2{margin:26px 0 6px;font-size:1.15rem}
.clips{display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr))}
.clips article{contain-intrinsic-size:auto 210px}
.clips h3{margin:6px 0 0;font-size:.95rem;overflow-wrap:anywhere}
.strip{width:100%;aspect-ratio:1024/144;object-fit:contain;object-position:left;display:block}
.none{display:grid;place-items:center;background:#000;color:#e4e4e4;font-size:.85rem}
.events p{margin:.3rem 0}
#said{position:fixed;left:50%;bottom:16px;transform:translateX(-50%);margin:0;padding:8px 16px;border-radius:8px;
background:var(--ink);color:var(--page);max-width:90vw;overflow-wrap:anywhere}
#said:empty{display:none}
.empty{padding:40px 0;color:var(--soft)}
@media print{header nav,.bar,.do,#said,a.see::after{display:none}body{background:#fff;color:#000}
article{content-visibility:visible;break-inside:avoid}section>h2{break-after:avoid}
time[title]{font-size:0}time[title]::after{content:attr(title);font-size:.85rem}.films{grid-template-columns:repeat(3,1fr)}}
)css";

const std::string_view kScript = R"js(
'use strict';
(() => {
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (what, from = document) => from.querySelector(what);
  const said = one('#said');
  let silence;
  const say = words => {
    said.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ''; }, 4000);
  };
  const ago = (then, now) => {
    const minutes = Math.floor((now - then) / 60000);
    if (minutes < 0) return '';
    if (minutes < 1) return 'just now';
    if (minutes < 60) return minutes + ' min ago';
    if (minutes < 1440) return Math.floor(minutes / 60) + ' h ago';
    if (minutes < 10080) return Math.floor(minutes / 1440) + ' d ago';
    return then.toLocaleDateString(undefined, {year: 'numeric', month: 'short', day: 'numeric'});
  };
  // A few at a time: there may be thousands.
  const tell = times => {
    const now = new Date();
    for (const time of times.splice(0, 100)) {
      const then = new Date(time.dateTime);
      const words = ago(then, now);
      if (!words) continue;
      time.title = then.toLocaleString();
      time.textContent = words;
    }
    if (times.length) setTimeout(tell, 0, times);
  };
  tell(all('time'));

  const copy = async words => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement('textarea');
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    say('Copied: ' + words);
  };

  const unplayable = (see, video) => {
    const words = document.createElement('span');
    words.textContent = 'This browser cannot play it: dadcam export-open ' + see.closest('article').id.slice(1);
    video.replaceWith(words);
  };
  const play = see => {
    const video = document.createElement('video');
    video.controls = video.autoplay = true;
    const image = one('img', see);
    if (image) video.poster = image.src;
    video.setAttribute('aria-label', see.getAttribute('aria-label'));
    const place = document.createElement('div');
    place.className = 'see';
    place.append(video);
    see.replaceWith(place);
    video.addEventListener('error', () => unplayable(place, video));
    video.src = see.href;
    video.focus();
  };
  document.addEventListener('click', event => {
    const see = event.target.closest('a.see');
    if (see && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      play(see);
    }
    const button = event.target.closest('.do button');
    if (button) copy(button.textContent);
  });

  const search = one('#search');
  if (!search) return;
  const cards = all('article').map(card => ({card, words: ''}));
  const buttons = all('[data-filter]');
  const none = one('#none');
  let filter = 'all';
  const show = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of cards) {
      if (wanted.length && !entry.words) {
        entry.words = all('h2,p', entry.card).map(part => part.textContent).join(' ').toLowerCase();
      }
      const fits = (filter === 'all' || entry.card.dataset.s === filter) &&
        wanted.every(word => entry.words.includes(word));
      if (entry.card.hidden === fits) entry.card.hidden = !fits;
      if (fits) ++shown;
    }
    for (const button of buttons) button.setAttribute('aria-pressed', button.dataset.filter === filter);
    if (none) none.hidden = shown > 0;
    try {
      sessionStorage.setItem('dadcam ' + location.pathname, JSON.stringify([filter, search.value]));
    } catch {}
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      filter = button.dataset.filter;
      show();
    });
  }
  search.addEventListener('input', show);
  try {
    [filter, search.value] = JSON.parse(sessionStorage.getItem('dadcam ' + location.pathname)) || [filter, ''];
  } catch {}
  if (location.hash) [filter, search.value] = ['all', ''];
  show();

  if ('live' in document.body.dataset) {
    setInterval(() => {
      const busy = document.hidden || document.activeElement === search || one('video') || one('details[open]');
      if (!busy) location.reload();
    }, 5000);
  }
})();
)js";

}  // namespace dadcam::app::gallery

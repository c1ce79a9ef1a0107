import{d as f}from"./chunk-6OMRIHSX.js";async function g({body:n}){if(!n)return null;let s=n.pipeThrough(new TextDecoderStream).getReader(),r="";async function c(o,t){for(;;){let{value:l="",done:u}=await s.read();r+=l;let[,a]=r.match(new RegExp(`^event: ${o}
data: (.*)

`,"m"))??[];if(u||t&&a)return a?JSON.parse(a):null}}let e=await c("answer",!0),d=c("written",!1).catch(()=>null);return e&&{...e,rest:p};async function p(o,t,l,u,a){let i=await d;delete o.rest,o.written=i,f(),t.isConnected&&(w(l,()=>i?t.replaceChildren(...u(i)):t.remove()),i&&a(t.innerText))}}function w(n,s){let r=()=>n.getBoundingClientRect().top,c=r();s();for(let e=n;e;e=e.parentElement)e.scrollTop+=r()-c}export{g as read};

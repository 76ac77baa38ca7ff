addEventListener("pagehide",()=>document.querySelectorAll("details").forEach(d=>d.open=!1))

{
let timer
const fold = () => {
document.querySelectorAll("details").forEach(d => d.open = false)
scrollTo(0, 0)
}
const touched = () => {
clearTimeout(timer)
timer = setTimeout(fold, 120000)
}
for (const event of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "focusin"]) addEventListener(event, touched, {capture: true, passive: true})
addEventListener("pagehide", fold)
document.querySelectorAll("[hidden]").forEach(e => e.hidden = false)
touched()
}

// Shows what needs passkeys where the browser has them, and says so in the page's own words when one does not work.
(function () {
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-passkey]').forEach(function (part) { part.hidden = false })
    document.querySelectorAll('[data-without-passkey]').forEach(function (part) { part.hidden = true })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-fault]').forEach(function (part) { part.hidden = false; part.focus() })
  })
})()

// Fills the form in with where to go on; and goes on at once when there is a token already: a browser
// keeps its cookie back when a link on another site has led here.
document.getElementById('next').value = location.pathname === '/login' ? '/' : location.pathname + location.search;
// A link of sparkapp local page has a token behind its hash, which no browser sends to anybody. It is filled in,
// and stays in no address; whose token it is, is for the visitor to say by pressing the button.
if (location.pathname === '/login' && location.hash.length > 1) {
  document.getElementById('token').value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, '', '/login');
  document.querySelector('.login button').focus();
} else if (location.pathname !== '/login') {
  const me = await fetch('/api/me');
  if (me.ok) {
    location.replace(location.href);
  }
}

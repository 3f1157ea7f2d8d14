package io.sparkapp.operator;

/**
 * What of the page in a browser those can make out who see badly or nothing.
 *
 * @param browser shows the page
 */
record ReadablePage(Browser browser) {

  private static final String NAMELESS =
      """
      return [...document.querySelectorAll('input, select, button, a, [role=img], [role=region], svg[role], table')]
        .filter((each) => !(each.labels?.length || each.getAttribute('aria-label') || each.textContent.trim()))
        .map((each) => each.outerHTML);
      """;

  /** Controls, pictures and tables that a screen reader would have nothing to say of. */
  Object nameless() {
    return browser.script(NAMELESS);
  }

  /** The colour behind all. */
  Object background() {
    return browser.script("return getComputedStyle(document.body).backgroundColor");
  }

  /** As WCAG computes it. */
  double contrast() {
    return ((Number)
            browser.script(
                """
                const light = (color) => {
                  const [r, g, b] = color.match(/[0-9.]+/g).map((each) => each / 255)
                    .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const style = getComputedStyle(document.body);
                const [a, b] = [light(style.color), light(style.backgroundColor)];
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                """))
        .doubleValue();
  }
}

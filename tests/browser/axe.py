"""What axe-core has against a page: WCAG AA and good practice."""

from axe_playwright_python.base import AXE_SCRIPT

# Where an element is, as a selector, takes a third of the time; its markup says it, too.
RUN = """async (within) => {
  const { violations, passes } = await axe.run(within ?? document, { resultTypes: ["violations"], selectors: false });
  return [violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
    passes.length];
}"""


def violations(page, within=None, least=8):
    """Of each broken rule: the elements that break it, as markup, and what is to mend. `within`: as axe.run takes it.

    At least so many rules have found something to look at.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    broken, held = page.evaluate(RUN, within)
    assert held >= least
    return {rule: [tuple(element) for element in elements] for rule, elements in broken}

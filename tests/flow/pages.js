// Opens the pages that the program writes in Chromium: axe finds nothing, nothing is loaded from
// outside, the console stays empty, no page is wider than a small phone but for its tables.
const { chromium } = require("playwright-core");
const { default: AxeBuilder } = require("@axe-core/playwright");
const path = require("path");

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let passed = 0;
let failed = 0;

function check(name, ok, detail) {
  if (ok) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED  ${name}\n    ${detail}`);
}

async function look(browser, file, width, colorScheme) {
  const name = `${path.basename(file)} at ${width} px, ${colorScheme}`;
  const context = await browser.newContext({
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width, height: 900 },
    colorScheme,
  });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (m) => said.push(m.text()));
  page.on("pageerror", (e) => said.push(String(e)));
  page.on("request", (r) => asked.push(r.url()));
  await page.goto("file://" + path.resolve(file));
  const axe = await new AxeBuilder({ page }).withTags(tags).analyze();
  check(`${name}: axe`, axe.violations.length === 0,
    axe.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`).join("\n    "));
  // Text of the colour of its ground is no violation to axe, only something that it cannot decide.
  const invisible = axe.incomplete.filter((v) => v.id === "color-contrast").flatMap((v) => v.nodes)
    .filter((n) => n.any.some((c) => c.data && c.data.messageKey === "equalRatio"));
  check(`${name}: no invisible text`, invisible.length === 0,
    invisible.map((n) => n.html.slice(0, 200)).join("\n    "));
  check(`${name}: console`, said.length === 0, said.join("\n    "));
  check(`${name}: nothing from outside`, asked.every((u) => u.startsWith("file:")), asked.join(" "));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${name}: width`, wide <= width, `${wide} px wide`);
  const lang = await page.evaluate(() => document.documentElement.lang);
  check(`${name}: language`, lang === "zh-CN", lang);
  await context.close();
}

async function anchors(browser, file) {
  const page = await browser.newPage();
  await page.goto("file://" + path.resolve(file));
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll('a[href^="#"]')]
      .map((a) => decodeURIComponent(a.getAttribute("href").slice(1)))
      .filter((id) => id && !document.getElementById(id)));
  check(`${path.basename(file)}: links inside the page lead somewhere`, broken.length === 0, broken.join(" "));
  await page.close();
}

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  for (const file of process.argv.slice(2)) {
    for (const width of [1280, 320]) {
      for (const scheme of ["light", "dark"]) await look(browser, file, width, scheme);
    }
    await anchors(browser, file);
  }
  await browser.close();
  console.log(`RESULT flow pages: ${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed ? 1 : 0);
})().catch((e) => {
  console.log(String(e));
  process.exit(1);
});

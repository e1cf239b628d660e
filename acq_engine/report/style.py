"""The report's look: light, dark and paper. Okabe-Ito colours for curves, one accent, tabular figures."""

CSS = """
:root {
  --page: #ffffff; --panel: #f5f6f8; --text: #1b1f23; --muted: #59636e; --line: #d5dae0; --accent: #0b6bb8;
  --good: #00735a; --bad: #b3470a; --shade: #eef1f4;
  --curve-0: #0072b2; --curve-1: #d55e00; --curve-2: #009e73; --curve-3: #b0568f;
  --curve-4: #8a7a00; --curve-5: #56b4e9; --curve-6: #444b52; --curve-7: #e69f00;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16191d; --panel: #1f2328; --text: #e4e8ec; --muted: #9ba6b1; --line: #3a4149; --accent: #4aa3e6;
    --good: #3fc49a; --bad: #ff8650; --shade: #22272d;
    --curve-0: #56b4e9; --curve-1: #e69f00; --curve-2: #1fbf92; --curve-3: #cc79a7;
    --curve-4: #f0e442; --curve-5: #d55e00; --curve-6: #e8ecef; --curve-7: #0c8fdb;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px; max-width: 1040px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; margin: 0 0 4px; line-height: 1.25; }
h2 { font-size: 19px; margin: 40px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 20px 0 4px; }
p { margin: 4px 0 8px; max-width: 76ch; }
.muted, figcaption { color: var(--muted); }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.tiles-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px; margin: 16px 0; }
.tile { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; }
.tile b { display: block; font-size: 22px; line-height: 1.3; }
.tile span { color: var(--muted); font-size: 13px; }
.grid-2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 8px 24px; }
figure { margin: 8px 0; break-inside: avoid; }
svg { display: block; max-width: 100%; height: auto; }
svg.chart { width: 100%; }
svg.chart .range { fill: none; stroke: currentColor; stroke-width: 1.5; }
svg text { font-size: 11px; fill: var(--muted); }
svg .bad { fill: var(--bad); }
svg .faint { fill: var(--muted); opacity: .8; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .phase { fill: var(--shade); }
svg image { image-rendering: pixelated; }
svg .asked { fill: none; stroke: #ffffff; stroke-width: 2; paint-order: stroke; filter: drop-shadow(0 0 1px #000); }
svg .measured { fill: #ffb000; stroke: #000000; stroke-width: 1; }
svg .mark { stroke: #ffffff; stroke-width: 1.2; filter: drop-shadow(0 0 1px #000); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 13px; color: var(--muted); margin: 0 0 4px 52px; }
.legend span { display: inline-flex; align-items: center; gap: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin: 8px 0; }
th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--muted); font-weight: 600; }
td.number, th.number { text-align: right; }
td.number { white-space: nowrap; }
.scroll { overflow-x: auto; }
code, pre { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
td { overflow-wrap: anywhere; }
td:nth-child(-n+2) { overflow-wrap: break-word; } /* names of layers stay whole */
@media print {
  :root { --page: #ffffff; --panel: #ffffff; --text: #000000; --muted: #444444; --line: #bbbbbb; --shade: #f0f0f0;
    --good: #00573f; --bad: #8f3300; --curve-0: #0072b2; --curve-1: #d55e00; --curve-2: #009e73; --curve-3: #b0568f;
    --curve-4: #8a7a00; --curve-5: #56b4e9; --curve-6: #444b52; --curve-7: #e69f00; color-scheme: light; }
  @page { size: A4; margin: 14mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3 { break-after: avoid; }
  tr, .tile { break-inside: avoid; }
  table { font-size: 8.5pt; }
  th, td { padding-right: 6px; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  .grid-2 { grid-template-columns: 1fr 1fr; }
}
"""

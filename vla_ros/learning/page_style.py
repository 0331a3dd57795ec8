"""How the page of an evaluation looks."""
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 62rem; margin: 2rem auto;
       padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; }
dt { color: #666; }
table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #eee; }
th { font-weight: 600; color: #666; } th:first-child, td:first-child { text-align: left; }
svg { vertical-align: middle; } .track { stroke: #e4e4e4; stroke-width: 6; }
.interval { stroke: #8fb4e0; stroke-width: 6; } circle { fill: #1f5fa8; }
img { max-width: 100%; } a { color: #1f5fa8; }
.clips { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1rem; }
figure { margin: 0; } video { width: 100%; } figcaption { color: #666; font-size: .9rem; }
"""

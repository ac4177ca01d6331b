# %% [markdown]
# # Fråga en ögonblicksbild
#
# Kör cell för cell i Jupyter (jupytext), VS Code eller Spyder. Byt mappen mot din egen ögonblicksbild. Allt som visas är
# skyddat: `..` är färre än fem, eller ett tal som annars hade röjt ett sådant. Vad cellerna visar för en liten påhittad
# kommun står i expected.txt.

# %%
from skillnad import CrossTable, Percent, Period, Selection, ask, chart, open_snapshot, save, to_frame

snapshot = open_snapshot("snapshots/2025-12-31")
year = Selection(period=Period.year(2025))

# %% Vilka möter vi? En korstabell med andelar av varje rad.
table = ask(snapshot, CrossTable(rows="household_type", columns="legal_sex", selection=year, percent=Percent.ROWS))
table

# %% Samma tal som diagram
chart(table)

# %% Som dataram: pandas, Polars eller narwhals. Totalerna är med, så välj bort dem innan du räknar vidare.
frame = to_frame(table).to_pandas().query("household_type_kind == 'value' and legal_sex_kind == 'value'")
frame[["household_type_label", "legal_sex_label", "count", "count_status"]]

# %% Till SPSS, Excel eller en annan fil
save(table, "vilka-vi-moter.sav")

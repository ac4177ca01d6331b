# %% [markdown]
# # Jämför grupper
#
# Kör cell för cell. En skillnad är visad, inte visad, eller så är de för få för att avgöra; vad den beror på säger
# siffrorna inget om. Vad cellerna visar för en liten påhittad kommun står i compare.txt.

# %%
from skillnad import Comparison, Period, Ranking, Selection, Share, Where, ask, chart, open_snapshot, to_frame

snapshot = open_snapshot("snapshots/2025-12-31")
alone = Share(Where("household_type", ("1", "2")), Selection(period=Period.year(2025)), by=("legal_sex",))

# %% Är det lika vanligt bland kvinnor och män att vara ensam vuxen i hushållet?
compared = ask(snapshot, Comparison(alone))
compared

# %% Skillnaden med intervall: korsar strecket linjen vid noll?
chart(compared)

# %% Allt som tabellen har, också p och den minsta skillnad som hade kunnat synas
to_frame(compared).to_pandas()[["legal_sex_label", "difference", "p", "seen", "verdict_label"]]

# %% Enheterna i ordning, med de platser som var och en kan ha
ask(snapshot, Ranking(Share(alone.of, alone.selection, by=("unit",))))

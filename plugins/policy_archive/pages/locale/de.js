export const language = "de";
export const direction = "ltr";
export const messages = {
 "%(day)s, %(time)s UTC": "%(day)s, %(time)s UTC",
 "%(day)s, and the other?": "%(day)s, und die andere?",
 "%(first)s to %(last)s": "%(first)s bis %(last)s",
 "%(found)s captured since %(day)s": "%(found)s, aufgenommen seit %(day)s",
 "%(found)s captured until %(day)s": "%(found)s, aufgenommen bis %(day)s",
 "%(found)s on this page; the other pages could not be searched": "%(found)s auf dieser Seite; die anderen Seiten konnten nicht durchsucht werden",
 "%(num)s chosen": [
  "%(num)s gewählt",
  "%(num)s gewählt"
 ],
 "%(num)s found on all pages": [
  "%(num)s auf allen Seiten gefunden",
  "%(num)s auf allen Seiten gefunden"
 ],
 "%(num)s more": [
  "%(num)s weitere",
  "%(num)s weitere"
 ],
 "%(num)s passage differs": [
  "%(num)s Stelle unterscheidet sich",
  "%(num)s Stellen unterscheiden sich"
 ],
 "%(num)s result": [
  "%(num)s Treffer",
  "%(num)s Treffer"
 ],
 "%(num)s shown": [
  "%(num)s angezeigt",
  "%(num)s angezeigt"
 ],
 "%(num)s unchanged paragraph": [
  "%(num)s unveränderter Absatz",
  "%(num)s unveränderte Absätze"
 ],
 "%(num)s where nothing was found": [
  "%(num)s ohne Fund",
  "%(num)s ohne Fund"
 ],
 "%(num)s word marked": [
  "%(num)s Wort markiert",
  "%(num)s Wörter markiert"
 ],
 "%(part)s of %(num)s shown": [
  "%(part)s von %(num)s angezeigt",
  "%(part)s von %(num)s angezeigt"
 ],
 "%(sites)s (four is the most)": "%(sites)s (mehr als vier geht nicht)",
 "%(sites)s: choose another": "%(sites)s: wählen Sie eine weitere",
 "%(sites)s; their own pages can still be read.": "%(sites)s; die eigenen Seiten sind weiterhin lesbar.",
 "Added": "Hinzugefügt",
 "Changed": "Geändert",
 "Choose two dots.": "Wählen Sie zwei Punkte.",
 "Cite this capture": "Diese Aufnahme zitieren",
 "Cite this paragraph": "Diesen Absatz zitieren",
 "Compare all policies on": "Alle Erklärungen vergleichen zu",
 "Comparing …": "Vergleiche …",
 "Copied": "Kopiert",
 "Everything we have of %(site)s": "Alles, was wir von %(site)s haben",
 "In none of them did we find a passage on %(num)s more topics.": [
  "In keiner davon haben wir eine Stelle zu %(num)s weiteren Thema gefunden.",
  "In keiner davon haben wir eine Stelle zu %(num)s weiteren Themen gefunden."
 ],
 "Link copied": "Link kopiert",
 "Moved from here": "Von hier verschoben",
 "Moved here": "Hierher verschoben",
 "No passage found in %(num)s paragraphs checked": [
  "Keine Stelle gefunden in %(num)s geprüften Absatz",
  "Keine Stelle gefunden in %(num)s geprüften Absätzen"
 ],
 "No passage found, or not checked.": "Keine Stelle gefunden, oder nicht geprüft.",
 "Not a word differs.": "Kein Wort unterscheidet sich.",
 "Not checked": "Nicht geprüft",
 "Not copied: the browser refused": "Nicht kopiert: der Browser hat es verweigert",
 "Not loaded": "Nicht geladen",
 "Nothing found": "Nichts gefunden",
 "On %(day)s this is what it said, as far as this archive knows, unchanged until %(last)s at least.": "Am %(day)s stand dies hier, soweit dieses Archiv weiß, unverändert mindestens bis %(last)s.",
 "On %(day)s this is what it said, as far as this archive knows.": "Am %(day)s stand dies hier, soweit dieses Archiv weiß.",
 "Remove marks": "Markierungen entfernen",
 "Removed": "Entfernt",
 "Replay at this passage": "Wiedergabe an dieser Stelle",
 "Search captures before %(day)s too": "Auch Aufnahmen vor %(day)s durchsuchen",
 "Search every text": "Alle Texte durchsuchen",
 "Search every text for “%(words)s”": "Alle Texte nach „%(words)s“ durchsuchen",
 "Search later captures too": "Auch spätere Aufnahmen durchsuchen",
 "Searching…": "Suche läuft …",
 "Share this passage": "Diese Stelle teilen",
 "Show %(num)s more": [
  "%(num)s weitere anzeigen",
  "%(num)s weitere anzeigen"
 ],
 "The paragraph “%(quote)s”.": "Der Absatz „%(quote)s“.",
 "The policy of %(site)s": "Die Erklärung von %(site)s",
 "There is no capture of that day or before.": "Es gibt keine Aufnahme von diesem Tag oder davor.",
 "These captures could not be loaded; their own pages can still be read.": "Diese Aufnahmen konnten nicht geladen werden; ihre eigenen Seiten sind weiterhin lesbar.",
 "These captures were made from %(years)s.": "Diese Aufnahmen stammen aus den Jahren %(years)s.",
 "Topic": "Thema",
 "Years apart": "Jahre auseinander",
 "and %(num)s more: type to find one": [
  "und %(num)s weitere: tippen Sie, um sie zu finden",
  "und %(num)s weitere: tippen Sie, um eine zu finden"
 ],
 "date unknown": "Datum unbekannt",
 "in context": "im Zusammenhang",
 "nothing to choose from": "nichts zur Auswahl",
 "other words in %(num)s": [
  "anderer Wortlaut in %(num)s",
  "anderer Wortlaut in %(num)s"
 ],
 "possibly": "vielleicht",
 "the first %(num)s shown": [
  "die ersten %(num)s angezeigt",
  "die ersten %(num)s angezeigt"
 ],
 "the same words in %(num)s captures": [
  "derselbe Wortlaut in %(num)s Aufnahme",
  "derselbe Wortlaut in %(num)s Aufnahmen"
 ],
 "undated": "undatiert",
 "unknown": "unbekannt"
};
export const formOf = (n) => Number((n !== 1));

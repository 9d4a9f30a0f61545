export const language = "es";
export const direction = "ltr";
export const messages = {
 "%(day)s, %(time)s UTC": "%(day)s, %(time)s UTC",
 "%(day)s, and the other?": "%(day)s, ¿y la otra?",
 "%(first)s to %(last)s": "%(first)s a %(last)s",
 "%(found)s captured since %(day)s": "%(found)s, capturas desde el %(day)s",
 "%(found)s captured until %(day)s": "%(found)s, capturas hasta el %(day)s",
 "%(found)s on this page; the other pages could not be searched": "%(found)s en esta página; no se pudo buscar en las demás páginas",
 "%(num)s chosen": [
  "%(num)s elegido",
  "%(num)s elegidos"
 ],
 "%(num)s found on all pages": [
  "%(num)s encontrado en todas las páginas",
  "%(num)s encontrados en todas las páginas"
 ],
 "%(num)s more": [
  "%(num)s más",
  "%(num)s más"
 ],
 "%(num)s passage differs": [
  "%(num)s pasaje difiere",
  "%(num)s pasajes difieren"
 ],
 "%(num)s result": [
  "%(num)s resultado",
  "%(num)s resultados"
 ],
 "%(num)s shown": [
  "%(num)s mostrado",
  "%(num)s mostrados"
 ],
 "%(num)s unchanged paragraph": [
  "%(num)s párrafo sin cambios",
  "%(num)s párrafos sin cambios"
 ],
 "%(num)s where nothing was found": [
  "%(num)s donde no se encontró nada",
  "%(num)s donde no se encontró nada"
 ],
 "%(num)s word marked": [
  "%(num)s palabra marcada",
  "%(num)s palabras marcadas"
 ],
 "%(part)s of %(num)s shown": [
  "%(part)s de %(num)s mostrados",
  "%(part)s de %(num)s mostrados"
 ],
 "%(sites)s (four is the most)": "%(sites)s (cuatro como máximo)",
 "%(sites)s: choose another": "%(sites)s: elija otra",
 "%(sites)s; their own pages can still be read.": "%(sites)s; sus propias páginas siguen siendo legibles.",
 "Added": "Añadido",
 "Changed": "Cambiado",
 "Choose two dots.": "Elija dos puntos.",
 "Cite this capture": "Citar esta captura",
 "Cite this paragraph": "Citar este párrafo",
 "Compare all policies on": "Comparar todas las políticas sobre",
 "Comparing …": "Comparando…",
 "Copied": "Copiado",
 "Everything we have of %(site)s": "Todo lo que tenemos de %(site)s",
 "In none of them did we find a passage on %(num)s more topics.": [
  "En ninguna de ellas encontramos un pasaje sobre %(num)s tema más.",
  "En ninguna de ellas encontramos un pasaje sobre %(num)s temas más."
 ],
 "Link copied": "Enlace copiado",
 "Moved from here": "Movido desde aquí",
 "Moved here": "Movido aquí",
 "No passage found in %(num)s paragraphs checked": [
  "Ningún pasaje encontrado en %(num)s párrafo revisado",
  "Ningún pasaje encontrado en %(num)s párrafos revisados"
 ],
 "No passage found, or not checked.": "Ningún pasaje encontrado, o sin revisar.",
 "Not a word differs.": "No difiere ni una palabra.",
 "Not checked": "Sin revisar",
 "Not copied: the browser refused": "No copiado: el navegador lo rechazó",
 "Not loaded": "No cargado",
 "Nothing found": "No se encontró nada",
 "On %(day)s this is what it said, as far as this archive knows, unchanged until %(last)s at least.": "El %(day)s esto es lo que decía, hasta donde sabe este archivo, sin cambios al menos hasta el %(last)s.",
 "On %(day)s this is what it said, as far as this archive knows.": "El %(day)s esto es lo que decía, hasta donde sabe este archivo.",
 "Remove marks": "Quitar las marcas",
 "Removed": "Quitado",
 "Replay at this passage": "Reproducir en este pasaje",
 "Search captures before %(day)s too": "Buscar también en capturas anteriores al %(day)s",
 "Search every text": "Buscar en todos los textos",
 "Search every text for “%(words)s”": "Buscar «%(words)s» en todos los textos",
 "Search later captures too": "Buscar también en capturas posteriores",
 "Searching…": "Buscando…",
 "Share this passage": "Compartir este pasaje",
 "Show %(num)s more": [
  "Mostrar %(num)s más",
  "Mostrar %(num)s más"
 ],
 "The paragraph “%(quote)s”.": "El párrafo «%(quote)s».",
 "The policy of %(site)s": "La política de %(site)s",
 "There is no capture of that day or before.": "No hay ninguna captura de ese día o anterior.",
 "These captures could not be loaded; their own pages can still be read.": "Estas capturas no se pudieron cargar; sus propias páginas siguen siendo legibles.",
 "These captures were made from %(years)s.": "Estas capturas se hicieron de %(years)s.",
 "Topic": "Tema",
 "Years apart": "Con años de diferencia",
 "and %(num)s more: type to find one": [
  "y %(num)s más: escriba para encontrarlo",
  "y %(num)s más: escriba para encontrar uno"
 ],
 "date unknown": "fecha desconocida",
 "in context": "en contexto",
 "nothing to choose from": "nada que elegir",
 "other words in %(num)s": [
  "otras palabras en %(num)s",
  "otras palabras en %(num)s"
 ],
 "possibly": "quizá",
 "the first %(num)s shown": [
  "mostrado el primero (%(num)s)",
  "mostrados los %(num)s primeros"
 ],
 "the same words in %(num)s captures": [
  "las mismas palabras en %(num)s captura",
  "las mismas palabras en %(num)s capturas"
 ],
 "undated": "sin fecha",
 "unknown": "desconocido"
};
export const formOf = (n) => Number((n !== 1));

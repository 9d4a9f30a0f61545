export const language = "fr";
export const direction = "ltr";
export const messages = {
 "%(day)s, %(time)s UTC": "%(day)s, %(time)s UTC",
 "%(day)s, and the other?": "%(day)s, et l’autre ?",
 "%(first)s to %(last)s": "%(first)s à %(last)s",
 "%(found)s captured since %(day)s": "%(found)s, captures depuis le %(day)s",
 "%(found)s captured until %(day)s": "%(found)s, captures jusqu’au %(day)s",
 "%(found)s on this page; the other pages could not be searched": "%(found)s sur cette page ; les autres pages n’ont pas pu être parcourues",
 "%(num)s chosen": [
  "%(num)s choisi",
  "%(num)s choisis"
 ],
 "%(num)s found on all pages": [
  "%(num)s trouvé sur toutes les pages",
  "%(num)s trouvés sur toutes les pages"
 ],
 "%(num)s more": [
  "%(num)s de plus",
  "%(num)s de plus"
 ],
 "%(num)s passage differs": [
  "%(num)s passage diffère",
  "%(num)s passages diffèrent"
 ],
 "%(num)s result": [
  "%(num)s résultat",
  "%(num)s résultats"
 ],
 "%(num)s shown": [
  "%(num)s affiché",
  "%(num)s affichés"
 ],
 "%(num)s unchanged paragraph": [
  "%(num)s paragraphe inchangé",
  "%(num)s paragraphes inchangés"
 ],
 "%(num)s where nothing was found": [
  "%(num)s où rien n’a été trouvé",
  "%(num)s où rien n’a été trouvé"
 ],
 "%(num)s word marked": [
  "%(num)s mot marqué",
  "%(num)s mots marqués"
 ],
 "%(part)s of %(num)s shown": [
  "%(part)s affichés sur %(num)s",
  "%(part)s affichés sur %(num)s"
 ],
 "%(sites)s (four is the most)": "%(sites)s (quatre au plus)",
 "%(sites)s: choose another": "%(sites)s : choisissez-en une autre",
 "%(sites)s; their own pages can still be read.": "%(sites)s ; leurs propres pages restent lisibles.",
 "Added": "Ajouté",
 "Changed": "Modifié",
 "Choose two dots.": "Choisissez deux points.",
 "Cite this capture": "Citer cette capture",
 "Cite this paragraph": "Citer ce paragraphe",
 "Compare all policies on": "Comparer toutes les politiques sur",
 "Comparing …": "Comparaison en cours …",
 "Copied": "Copié",
 "Everything we have of %(site)s": "Tout ce que nous avons de %(site)s",
 "In none of them did we find a passage on %(num)s more topics.": [
  "Dans aucune nous n’avons trouvé de passage sur %(num)s autre thème.",
  "Dans aucune nous n’avons trouvé de passage sur %(num)s autres thèmes."
 ],
 "Link copied": "Lien copié",
 "Moved from here": "Déplacé d’ici",
 "Moved here": "Déplacé ici",
 "No passage found in %(num)s paragraphs checked": [
  "Aucun passage trouvé dans %(num)s paragraphe vérifié",
  "Aucun passage trouvé dans %(num)s paragraphes vérifiés"
 ],
 "No passage found, or not checked.": "Aucun passage trouvé, ou non vérifié.",
 "Not a word differs.": "Pas un mot ne diffère.",
 "Not checked": "Non vérifiée",
 "Not copied: the browser refused": "Non copié : le navigateur a refusé",
 "Not loaded": "Non chargé",
 "Nothing found": "Rien trouvé",
 "On %(day)s this is what it said, as far as this archive knows, unchanged until %(last)s at least.": "Le %(day)s, voici ce qu’il disait, pour autant que cette archive le sache, sans changement jusqu’au %(last)s au moins.",
 "On %(day)s this is what it said, as far as this archive knows.": "Le %(day)s, voici ce qu’il disait, pour autant que cette archive le sache.",
 "Remove marks": "Enlever les marques",
 "Removed": "Retiré",
 "Replay at this passage": "Rejouer à ce passage",
 "Search captures before %(day)s too": "Chercher aussi dans les captures d’avant le %(day)s",
 "Search every text": "Chercher dans tous les textes",
 "Search every text for “%(words)s”": "Chercher « %(words)s » dans tous les textes",
 "Search later captures too": "Chercher aussi dans les captures ultérieures",
 "Searching…": "Recherche en cours…",
 "Share this passage": "Partager ce passage",
 "Show %(num)s more": [
  "En afficher %(num)s de plus",
  "En afficher %(num)s de plus"
 ],
 "The paragraph “%(quote)s”.": "Le paragraphe « %(quote)s ».",
 "The policy of %(site)s": "La politique de %(site)s",
 "There is no capture of that day or before.": "Il n’y a pas de capture de ce jour ou d’avant.",
 "These captures could not be loaded; their own pages can still be read.": "Ces captures n’ont pas pu être chargées ; leurs propres pages restent lisibles.",
 "These captures were made from %(years)s.": "Ces captures datent de %(years)s.",
 "Topic": "Thème",
 "Years apart": "À des années d’écart",
 "and %(num)s more: type to find one": [
  "et %(num)s de plus : tapez pour le trouver",
  "et %(num)s de plus : tapez pour en trouver un"
 ],
 "date unknown": "date inconnue",
 "in context": "en contexte",
 "nothing to choose from": "rien à choisir",
 "other words in %(num)s": [
  "d’autres mots dans %(num)s",
  "d’autres mots dans %(num)s"
 ],
 "possibly": "peut-être",
 "the first %(num)s shown": [
  "le premier affiché (%(num)s)",
  "les %(num)s premiers affichés"
 ],
 "the same words in %(num)s captures": [
  "les mêmes mots dans %(num)s capture",
  "les mêmes mots dans %(num)s captures"
 ],
 "undated": "sans date",
 "unknown": "inconnue"
};
export const formOf = (n) => Number((n > 1));

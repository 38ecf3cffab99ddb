// The German words of the line check: 1,024, which are ten bits each. Their order is part of the wire: change none alone.

export default `
  Abend Adler Ahorn Akazie Akkord Album Alge Allee Alm Alpaka Alpen Amboss Ameise Ampel Amulett Ananas Anfang
  Angel Anker Anlauf Anorak Antenne Anzug Apfel Applaus April Arbeit Arena Arkade Aroma Artikel Atelier Atlas
  August Aula Ausflug Ausweis Auto Avocado Azalee Bach Bagger Bahn Balance Balken Ball Ballett Balsam Bambus
  Banane Bank Bär Barke Barock Bastler Bauer Bauhof Baum Becher Becken Beere Beet Berg Bergsee Beruf Besen
  Besteck Besuch Beutel Biber Biene Bild Binse Biskuit Blatt Blech Blick Blume Boden Bohne Bohrer Boiler Boje
  Bonbon Botanik Brause Brett Brezel Brief Brise Brot Brücke Brunnen Bucht Bügel Büro Bürste Busch Bussard
  Butter Café Campus Cello Chemie Chili Chronik Creme Curry Dachs Dackel Dahlie Damm Dampfer Dattel Deich
  Delfin Dialekt Diamant Diele Distel Docht Dohle Domino Donner Dorf Dose Drachen Draht Dreieck Drossel Düne
  Dünger Ebene Echo Ecke Efeu Eibe Eiche Eimer Einhorn Einkauf Eisbär Eisdiele Eisen Eisvogel Elch Elefant
  Elfmeter Emblem Ensemble Ente Enzian Erbse Erdbeere Erde Erdnuss Erker Espe Essig Etage Etikett Eule Fabel
  Faden Fagott Fähre Fahrrad Falke Familie Fanfare Farbe Farn Fasan Fasching Fass Februar Feile Feld Feldweg
  Fenchel Fenster Ferien Ferkel Fernrohr Fest Festland Feuer Fichte Figur Film Filter Fink Firma First Fisch
  Fjord Flagge Flamme Flasche Flaum Flieder Fliese Flocke Florett Floß Flöte Flügel Flugzeug Flur Fohlen Folie
  Forelle Form Frack Freibad Freitag Freude Freund Friseur Frosch Frost Frucht Frühling Fuchsie Fuge Füller
  Fundbüro Funke Furche Fußball Galerie Galopp Gans Garage Gardine Garten Gärtner Gasse Gast Gasthaus Gebäck
  Gebirge Gedicht Gegend Geige Gelände Gelee Gemälde Gemüse Geranie Gerste Gerüst Geschenk Getreide Gewürz
  Giebel Ginster Gipfel Giraffe Gitarre Glanz Glas Glück Gobelin Gold Gondel Grad Granit Grotte Grün Gruppe
  Gruß Gulasch Gummi Gurke Gürtel Hafer Haken Halle Halstuch Hamster Handel Handtuch Hang Harfe Harmonie Hase
  Haube Haus Hausboot Hecht Hefeteig Heft Heide Heimat Heizung Helm Hemd Henkel Herbst Hering Heu Hibiskus
  Himbeere Himmel Hirsch Hirse Hobby Hof Holunder Holz Honig Hopfen Horizont Hörnchen Hotel Hufeisen Huhn Hund
  Hupe Hut Hütte Idee Igel Iglu Ilex Iltis Imbiss Imker Indigo Ingwer Insel Iris Jacke Jade Jaguar Jahr Jasmin
  Jause Joghurt Jolle Jongleur Journal Jubel Jugend Juli Kabine Kachel Kaffee Kai Kajak Kakao Kaktus Kalender
  Kalk Kamelie Kamera Kamille Kamin Kanal Kandis Känguru Kanister Kanne Kantine Kanu Kapitän Kapsel Kapuze
  Karaffe Karamell Karneval Karotte Karpfen Karte Karton Kaskade Kastanie Kasten Kater Katze Kaufhaus Kauz
  Kegel Keil Keks Kelle Kerbel Kessel Ketchup Kette Kiefer Kies Kiesel Kino Kiosk Kipferl Kirsche Kissen
  Klammer Klang Klavier Klee Kleid Klettern Klima Klingel Klinke Knauf Knete Knödel Knolle Knopf Knospe Knoten
  Koala Kobalt Koch Koffer Kogge Kohl Kokos Kolibri Komet Komma Kommode Kompass Kompott Konfetti Konzert
  Koralle Korb Kordel Kormoran Kosmos Kostüm Kragen Krähe Kranich Kranz Krapfen Kraut Kreide Kreis Kresse
  Kristall Krokant Krokodil Krokus Krug Krume Kuchen Kuckuck Kümmel Kunst Kupfer Kuppel Kürbis Kurve Küste
  Kutsche Lack Lager Lagune Lama Lampe Lampion Land Länge Lasso Laterne Latzhose Laub Lauch Laute Lavendel
  Leder Leguan Lehm Lehrer Leine Leinwand Lektüre Lenker Leopard Lerche Leuchte Libelle Licht Liebling Liege
  Likör Lila Lilie Limette Linde Lineal Liter Löffel Loge Lokal Lorbeer Luchs Luft Luke Lupine Lyrik Magnet
  Mahagoni Mais Majoran Makrele Makrone Maler Malve Mammut Mangold Mansarde Mantel Märchen Marder Marille
  Markt Marmor März Marzipan Maschine Maske Matratze Matrose Maulwurf Maurer Medaille Meer Mehl Melisse
  Melodie Melone Menü Messing Metronom Milch Mimose Mineral Minute Minze Mispel Mittag Mitte Mittwoch Möbel
  Mode Modell Mohn Möhre Molke Moment Monat Mond Montag Moos Moped Morgen Mosaik Motor Mühle Mulde Murmel
  Muschel Museum Musik Muskat Muster Mütze Nachbar Nacht Nagel Napf Narzisse Nashorn Natur Nebel Neffe Nektar
  Nelke Netz Nickel Nilpferd Nische Norden Nordwind Note Nougat November Nudel Nuss Nylon Oboe Obst Ocker Ofen
  Okapi Oktober Olive Omelett Onkel Opal Oper Orange Orchidee Oregano Orgel Ort Osten Otter Ozean Packung
  Paddel Paket Palast Palette Palme Panda Panorama Panther Papagei Papier Pappel Paprika Parade Parfüm Park
  Parkett Pastell Pavillon Pedal Pelikan Pendel Perle Perlhuhn Person Pfad Pfanne Pfeffer Pfeife Pferd Pfiff
  Pfirsich Pflanze Pflaume Pflug Pfosten Pfote Piano Picknick Pilot Pilz Pinguin Pinie Pinnwand Pirol Piste
  Pizza Plakat Plan Planet Platane Platz Plüsch Pollen Polster Pony Porree Portal Posaune Post Pracht Praline
  Prisma Profil Programm Prosa Prospekt Pudding Puder Pullover Pult Pumpe Punkt Purpur Puzzle Pyramide Quader
  Quadrat Qualle Quartett Quarz Quaste Quitte Quiz Radio Rahmen Rakete Ranzen Raps Rasen Rätsel Rechen Rede
  Regal Regatta Regen Reh Reif Reifen Reiher Reise Rennen Rentier Rettich Rezept Rhythmus Rille Ring Ringel
  Robbe Roggen Rohr Roller Roman Rosine Rosmarin Roulade Route Rübe Rubin Rucksack Saal Safari Safran Saft
  Säge Sahne Saite Salami Salat Salbei Salz Samowar Samstag Sandale Sänger Saxophon Schaf Schall Schatz Schaum
  Scheibe Schere Scheune Schiene Schiff Schild Schinken Schirm Schleife Schloss Schmied Schmuck Schnabel
  Schnee Schnur Schopf Schote Schrank Schrift Schuh Schule Schürze Schüssel Schwan Schweif See Seehund
  Seestern Seife Sekunde Sellerie Semmel Senf Serie Setzling Sieb Siedlung Signal Silber Silo Singen Sitz
  Skizze Smaragd Socke Sofa Sommer Sonate Sonne Sonntag Sorte Souvenir Spalier Spargel Spaten Spatz Specht
  Speicher Speise Sperling Spiegel Spiel Spinat Spindel Spirale Spitze Sport Sprosse Sprudel Spule Spur Stab
  Stadion Stadt Staffel Stall Stamm Stange Stapel Stativ Statue Staude Stein Stelze Stempel Stiefel Stier
  Stift Stock Stoff Stollen Stoppuhr Storch Strand Straße Strauß Strich Stroh Strophe Stube Stuhl Stunde Suche
  Süden Summe Suppe System Tablett Tafel Tagebuch Takt Talent Tango Tanz Tapete Tapir Taste Taucher Tausch
  Taxi Technik Teddy Teekanne Teig Telefon Teller Tempo Tennis Teppich Terrasse Theater Thema Thymian Tiger
  Tinte Tipp Titel Tomate Tombola Topas Topf Tor Torwart Traktor Traube Traum Treffen Treppe Tribüne Trichter
  Trikot Trolley Trommel Trompete Tropfen Truhe Trumpf Truthahn Tuba Tuch Tukan Tulpe Tümpel Tunnel Turban
  Türkis Turm Turnen Tusche Ufer Uhr Ulme Umhang Umschlag Uniform Unikat Urlaub Ursprung Urwald Vanille
  Veilchen Veranda Vers Vetter Viereck Villa Vitrine Vogel Vollmond Vorhang Vorrat Waage Wabe Wachtel Waffel
  Wagen Wahl Wald Walnuss Walross Walze Wanderer Wanduhr Wappen Wärme Wäsche Wasser Watte Weber Wecker Wein
  Weinberg Weite Weizen Welt Wende Werkzeug Westen Wicke Wiese Wimpel Wind Winkel Winter Wirbel Woche Wohnung
  Wolf Wunder Wunsch Würfel Würze Xylophon Yoga Yucca Zander Zapfen Zaun Zebra Zeichen Zeisig Zeit Zeitung
  Zentrum Zeppelin Zettel Ziegel Ziel Zimmer Zimt Zinne Zirkel Zirkus Zither Zitrone Zoo Zucchini Zucker Zug
  Zugvogel Zündholz Zweig Zwiebel Zwilling Zwirn Zylinder Zypresse
`.trim().split(/\s+/);

// The English words of the line check: 1,024, which are ten bits each. Their order is part of the wire: change none alone.

export default `
  acorn acrobat actor address agate airport album alder alley almond alphabet amber anchor animal antelope
  anthem apple april apron aquarium arcade archive arena artist aspen aster atlas attic august aunt autumn
  avenue avocado awning azure baby backpack badge bagel bakery balcony ballad bamboo banana banjo banner
  barefoot bargain barley barn barrel basil basket bathtub beach beaver bedroom begonia berry beside bicycle
  billow birch birthday biscuit bison bistro blanket blossom blouse blue bobbin bonfire bonnet bookcase botany
  bottle boulder bouquet bowl boxwood bracelet braid brass bread breeze brick broccoli brook brother brown
  brush bubble bucket bugle builder bulb bundle burrow butter buzz cabbage cabin cactus cafe calendar calm
  camel campfire canal candy canoe canvas canyon caramel cardigan caribou carnival carpet carrot carton
  cascade cashew castle cavern cedar celery cello century ceramic cereal chair chalk chamber channel chapter
  chart cheese cherry chess chicken chimney chorus cider cinema cinnamon circle citrus city clarinet classic
  clay cliff climate cloak cloth cloud clover coast cobalt cocoa coffee collar comet compass concert confetti
  cookie copper coral corduroy corner cotton couch country courage cousin crab cradle crane crayon cream creek
  crescent cricket crimson crocus cruise crystal cube cuckoo cucumber cupboard curious curtain curve cushion
  custard cycle cypress daffodil dahlia daily damson dancer dawn daylight decade december deer delta denim
  depot desert design desk diamond diary dinner dinosaur diploma dish distance diver dolphin domino donkey
  door dots double downhill dozen drama drawer drift drizzle drum duckling duet dune eagle early earth easel
  easy echo eclipse edge editor eggshell elastic elegant elephant elevator emerald engine enjoy enough
  envelope equator ermine espresso estate estuary evening exhibit explorer express fable fabric factory fair
  family famous fancy farmer fashion fathom faucet feast feather february fedora fence fern festival fiddle
  field final finish first fisher fjord flag flamingo flannel flask fleece flint float flock flower flute foam
  focus folder foliage follow fondue football forest forge fork fortune fossil founder foxglove fragrant frame
  freight fresh friday friend frog frost fruit fudge funnel future galaxy gallop game gander garage garden
  garlic garment garnet gather gazebo gentle geranium geyser giant ginger giraffe glacier glad glass gleam
  glitter globe glow goblet goggles golden gondola gossamer gourd grain granite grape gravy green griddle
  grove guava guest guide guitar gulf gusto habit halibut hallway hamlet hammock hamper hamster handle hangar
  hare harmony harvest hatch hawthorn hazel headband helmet helper herald herbs heron hickory highway hiker
  hilltop hippo history hobby hockey holiday home honey hoop horizon hornbeam horse hotel hover huddle hummus
  husky hyacinth iceberg icicle igloo iguana image impala inch indigo inkwell inlet insect invite iris iron
  island ivory jacket jaguar january jasmine jazz jelly jewel jigsaw jingle jogger join journey jovial joyful
  juggler juice july jumbo junior kangaroo kayak keel keepsake kelp kennel kettle keyboard kimono kindle kiosk
  kitchen kite kitten kiwi knapsack knit knob knock koala ladder lady lagoon lake lamb lantern lapel larch
  lark lasso laundry laurel lava lavender leader leaf league ledger leek left leisure lemon length lentil
  leopard lettuce library lichen light lilac lily lime linen lion liquid lively lizard llama lobster local
  locket lodge logbook lollipop lookout lotus lounge lucky lullaby lumber lunch lupin lynx lyric macaroni
  machine madrigal magazine magenta magnet magpie mahogany mailbox mallard mammoth mandarin mango maple marble
  marina market marmot maroon marzipan mason mayor maze meadow medal melon memory menu merchant meridian
  meteor metro midnight mill mimosa mineral minnow mint mirror mixture moccasin mohair monday moon moose
  morning mosaic moss mountain movie muffin mulberry museum mushroom napkin nature navy neat nectar needle
  neon nephew nickel niece nomad noodle north nose notebook nougat novel nugget nutmeg nutshell nylon oasis
  oatmeal oboe ocean october olive onion opal opera optic orange orbit orchard order oregano origin osprey
  ostrich otter ounce oven overture oyster ozone pace pacific paddle pagoda pail paint palace palette pamphlet
  pancake panda panel pansy pantry papaya paper paprika parade parcel parent parsley partner passage pasta
  path patio pattern pavilion peacock peanut pear pebble pecan pelican pencil penguin pepper perfume petal
  petunia pheasant phone photo piano picnic picture pier pigeon pilot pink pioneer pipe pitcher pizza plaid
  planet plaster plate plaza plum poem polka pollen polo pond popcorn poplar poppy porch porridge port possum
  postcard potato pottery powder prairie praline pretzel primrose prism profile pudding pulley pulse puma
  pumpkin puppet purple puzzle pyramid quail quartz queen quill quince quiver quiz rabbit raccoon radar radio
  raft ragtime railway rainbow raisin rally ramble ranch ranger rattan ravine redwood reef region reindeer
  relish reptile reunion rhubarb rhyme rhythm ribbon rice ridge ring ripple road robin robot rodeo roller roof
  rooster rope rosebud rotary route rowboat royal rubber ruby rucksack rudder ruffle ruler rumba runner rust
  safari saffron sage salad salmon salsa sample sand sapphire sardine satchel satin saturday saucer sauna
  sausage savanna scallop scarf school science scissors scone scooter scout screen scroll seagull seal seed
  semolina sequin serenade sesame shade shawl sheep shelf shield shirt shoe shrub shuttle siesta signal
  silence silk silver sister sketch skylark sleigh slender slide slipper smile snail sneaker snow soap soccer
  soda soil solar sonata song sorbet sorrel south spaniel sparrow sphere spice spinach spiral splash sponge
  spoon spring spruce square squirrel stadium stairs stamp star steady stitch stocking stool story stove
  stream stripe studio suede sugar suitcase summer sunday surf swallow swan sweater swift swim swing symphony
  syrup tadpole tailor talent tall tandem tangerine tapestry tassel teacher teapot teaspoon telescope template
  tennis tent terrace thank theater theme thimble thistle thread thrush thunder thursday ticket tidy tiger
  timber tinsel tiptoe tissue today tomato tone topaz tortoise toucan tourist towel town tractor trail travel
  treasure tree trellis triangle trifle trolley trophy trout truck trumpet tuba tuesday tugboat tulip tunic
  turkey turnip turquoise turtle tutor tuxedo tweed twig twilight ukulele umbrella unicorn uniform upstairs
  vacation vanilla varnish vase vegetable vehicle velvet veranda vessel video view village vineyard viola
  visit vista vivid voice volcano volume voyage waffle wagon walk wallet walnut waltz wardrobe warm washer
  water wave wednesday weekend welcome whale wheat wheel white wicker window winter wisdom wisteria wolf
  wombat wonder wooden wool world wreath wren writer yacht yard yarrow yellow yodel yoga yogurt young yoyo
  zebra zenith zephyr zest zigzag zinc zipper zither
`.trim().split(/\s+/);

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title Keys that are stolen, replaced and found to be good after all: operators' and documents'
contract AgencyRegistryKeysTest is Deployment {
    IAgencyRegistry.KeyAlgorithm private constant P256 = IAgencyRegistry.KeyAlgorithm.P256;
    IAgencyRegistry.KeyAlgorithm private constant SM2 = IAgencyRegistry.KeyAlgorithm.SM2;

    /// @dev The base point of P-256 (FIPS 186-4, D.1.2.3): a point of the curve, so a possible key.
    bytes32 private constant X = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
    bytes32 private constant Y = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
    bytes32 private constant KEY = keccak256(abi.encode(X, Y));

    /// @dev The base point of SM2's curve (GB/T 32918.5).
    bytes32 private constant SM2_X =
        0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7;
    bytes32 private constant SM2_Y =
        0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0;
    bytes32 private constant SM2_KEY = keccak256(abi.encode(SM2_X, SM2_Y));

    /// @dev The agency with an operator: three changes of the registry.
    function setUp() public override {
        super.setUp();
        _startIssuing();
    }

    // Operators

    function test_distrustNamesTheOperatorAndTheTimeItStarts() public {
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.OperatorDistrusted(AGENCY, OPERATOR, NOW - 60, BASIS, CITY, 4);
        vm.prank(CITY);
        registry.distrustOperator(AGENCY, OPERATOR, NOW - 60, BASIS);
        vm.assertEq(registry.sequence(), 4);
    }

    function test_oneCallDistrustsAStolenKeyAndStopsIt() public {
        vm.warp(NOW + 7);
        _distrust(NOW - 60);
        _assertOperator(0, NOW + 7, true);
        _expectNotAnOperator(OPERATOR);
        _anchor(OPERATOR, keccak256("root"), 1);
    }

    function test_aWindowThatWouldEndLaterEndsWithTheDistrust() public {
        _employUntil(NOW + 1);
        _distrust(NOW);
        _assertOperator(0, NOW, true);
    }

    function test_aWindowThatEndedBeforeKeepsItsEnd() public {
        _employUntil(NOW + 10);
        vm.warp(NOW + 10);
        _distrust(NOW);
        _assertOperator(0, NOW + 10, true);

        vm.warp(NOW + 20);
        _distrust(NOW - 1);
        _assertOperator(0, NOW + 10, true);
    }

    function test_aWindowThatWasToStartLaterNeverOpens() public {
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, uint48(NOW + 10), 0, BASIS);
        _distrust(NOW);
        vm.warp(NOW + 10);
        vm.assertFalse(registry.isActiveOperator(OPERATOR, AGENCY));
    }

    function test_aRemovedOperatorIsDistrustedToo() public {
        vm.prank(NATION);
        registry.removeOperator(OPERATOR, BASIS);
        _distrust(0);
        _assertOperator(0, NOW, true);
    }

    function test_distrustMayBeSaidAgainWithAnEarlierTime() public {
        _distrust(NOW);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.OperatorDistrusted(AGENCY, OPERATOR, NOW - 60, BASIS, NATION, 5);
        _distrust(NOW - 60);
    }

    function test_anAgencyDistrustsItsOwnOperatorsOnly() public {
        _register(OTHER_AGENCY, GUANGDONG);
        _expectNotAnOperator(OPERATOR);
        vm.prank(NATION);
        registry.distrustOperator(OTHER_AGENCY, OPERATOR, NOW, BASIS);
        _expectNotAnOperator(STRANGER);
        vm.prank(NATION);
        registry.distrustOperator(AGENCY, STRANGER, NOW, BASIS);
    }

    function test_aDistrustedOperatorServesAgainOnlyAfterTheDistrustIsLifted() public {
        _distrust(NOW);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryOperatorDistrusted.selector,
                OPERATOR
            )
        );
        _employ(AGENCY, OPERATOR);

        _lift();
        _employ(AGENCY, OPERATOR);
        _assertOperator(0, 0, false);
        vm.assertTrue(registry.isActiveOperator(OPERATOR, AGENCY));
    }

    function test_liftingADistrustIsToldAndReopensNothing() public {
        _distrust(NOW);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.OperatorDistrustLifted(AGENCY, OPERATOR, BASIS, CITY, 5);
        vm.prank(CITY);
        registry.liftOperatorDistrust(AGENCY, OPERATOR, BASIS);
        _assertOperator(0, NOW, false);
        vm.assertFalse(registry.isActiveOperator(OPERATOR, AGENCY));
    }

    function test_aLiftedDistrustMayBeSaidAnew() public {
        _distrust(NOW);
        _lift();
        _distrust(NOW - 5);
        _assertOperator(0, NOW, true);
    }

    function test_onlyADistrustIsLifted() public {
        _expectNotDistrusted();
        _lift();
        _distrust(NOW);
        _lift();
        _expectNotDistrusted();
        _lift();
    }

    function test_anAgencyLiftsTheDistrustOfItsOwnOperatorsOnly() public {
        _register(OTHER_AGENCY, GUANGDONG);
        _distrust(NOW);
        _expectNotAnOperator(OPERATOR);
        vm.prank(NATION);
        registry.liftOperatorDistrust(OTHER_AGENCY, OPERATOR, BASIS);
        _expectNotAnOperator(STRANGER);
        vm.prank(NATION);
        registry.liftOperatorDistrust(AGENCY, STRANGER, BASIS);
    }

    // Document keys

    function test_aDocumentKeyIsNamedByTheHashOfItsPoint() public {
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.DocumentKeyAdded(
            AGENCY,
            KEY,
            P256,
            X,
            Y,
            NOW,
            NOW + 9,
            BASIS,
            CITY,
            4
        );
        vm.prank(CITY);
        registry.addDocumentKey(AGENCY, P256, X, Y, NOW, NOW + 9, BASIS);
    }

    function test_anSm2KeyIsADocumentKeyToo() public {
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.DocumentKeyAdded(
            AGENCY,
            SM2_KEY,
            SM2,
            SM2_X,
            SM2_Y,
            0,
            0,
            BASIS,
            NATION,
            4
        );
        _addKey(SM2, SM2_X, SM2_Y);
    }

    function test_aPointOffTheNamedCurveIsNoDocumentKey() public {
        _refuseKey(P256, X, bytes32(uint256(Y) + 1));
        _refuseKey(P256, X, 0);
        _refuseKey(P256, 0, 0);
        _refuseKey(P256, SM2_X, SM2_Y);
        _refuseKey(SM2, SM2_X, bytes32(uint256(SM2_Y) + 1));
        _refuseKey(SM2, SM2_X, 0);
        _refuseKey(SM2, 0, 0);
        _refuseKey(SM2, X, Y);
    }

    function test_aDocumentKeyIsAddedOnceToAnAgency() public {
        _addKey(P256, X, Y);
        _refuseAddingAgain();
        _end();
        _refuseAddingAgain();
        _distrustKey();
        _refuseAddingAgain();
    }

    function test_twoAgenciesMayHaveTheSameDocumentKeyAndEndItApart() public {
        _register(OTHER_AGENCY, GUANGDONG);
        _addKey(P256, X, Y);
        vm.prank(NATION);
        registry.addDocumentKey(OTHER_AGENCY, P256, X, Y, 0, 0, BASIS);
        _end();
        vm.prank(NATION);
        registry.endDocumentKey(OTHER_AGENCY, KEY, BASIS);
    }

    function test_aDocumentKeyIsEndedOnce() public {
        _addKey(P256, X, Y);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.DocumentKeyEnded(AGENCY, KEY, BASIS, CITY, 5);
        vm.prank(CITY);
        registry.endDocumentKey(AGENCY, KEY, BASIS);
        _expectUnknownKey();
        _end();
    }

    function test_aDocumentKeyIsDistrustedAndItIsTold() public {
        _addKey(P256, X, Y);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.DocumentKeyDistrusted(AGENCY, KEY, BASIS, CITY, 5);
        vm.prank(CITY);
        registry.distrustDocumentKey(AGENCY, KEY, BASIS);
        _expectUnknownKey();
        _distrustKey();
        _expectUnknownKey();
        _end();
    }

    function test_theDistrustOfADocumentKeyIsLiftedAndItIsTold() public {
        _addKey(P256, X, Y);
        _distrustKey();
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.DocumentKeyDistrustLifted(AGENCY, KEY, BASIS, CITY, 6);
        vm.prank(CITY);
        registry.liftDocumentKeyDistrust(AGENCY, KEY, BASIS);
    }

    function test_aKeyThatIsTrustedAgainIsEndedOrDistrustedLikeAnyOther() public {
        _addKey(P256, X, Y);
        _distrustKey();
        _liftKey();
        _expectUnknownKey();
        _liftKey();
        _distrustKey();
        _liftKey();
        _end();
    }

    function test_anEndedKeyCanBeDistrustedAndIsEndedStillWhenThatIsLifted() public {
        _addKey(P256, X, Y);
        _end();
        _distrustKey();
        _expectUnknownKey();
        _end();
        _liftKey();
        _expectUnknownKey();
        _end();
        _expectUnknownKey();
        _liftKey();
        _distrustKey();
    }

    function test_anUnknownDocumentKeyIsNeitherEndedNorDistrustedNorTrustedAgain() public {
        _expectUnknownKey();
        _end();
        _expectUnknownKey();
        _distrustKey();
        _expectUnknownKey();
        _liftKey();
    }

    // Steps

    function _distrust(uint64 since) private {
        vm.prank(NATION);
        registry.distrustOperator(AGENCY, OPERATOR, since, BASIS);
    }

    function _lift() private {
        vm.prank(NATION);
        registry.liftOperatorDistrust(AGENCY, OPERATOR, BASIS);
    }

    function _employUntil(uint64 end) private {
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, 0, uint48(end), BASIS);
    }

    function _addKey(IAgencyRegistry.KeyAlgorithm algorithm, bytes32 x, bytes32 y) private {
        vm.prank(NATION);
        registry.addDocumentKey(AGENCY, algorithm, x, y, 0, 0, BASIS);
    }

    function _refuseKey(IAgencyRegistry.KeyAlgorithm algorithm, bytes32 x, bytes32 y) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryInvalidDocumentKey.selector, x, y)
        );
        _addKey(algorithm, x, y);
    }

    function _refuseAddingAgain() private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryDocumentKeyExists.selector,
                AGENCY,
                KEY
            )
        );
        _addKey(P256, X, Y);
    }

    function _end() private {
        vm.prank(NATION);
        registry.endDocumentKey(AGENCY, KEY, BASIS);
    }

    function _distrustKey() private {
        vm.prank(NATION);
        registry.distrustDocumentKey(AGENCY, KEY, BASIS);
    }

    function _liftKey() private {
        vm.prank(NATION);
        registry.liftDocumentKeyDistrust(AGENCY, KEY, BASIS);
    }

    function _expectUnknownKey() private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryUnknownDocumentKey.selector,
                AGENCY,
                KEY
            )
        );
    }

    function _expectNotAnOperator(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryNotAnOperator.selector, account)
        );
    }

    function _expectNotDistrusted() private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryNotDistrusted.selector, OPERATOR)
        );
    }

    function _assertOperator(uint64 validFrom, uint64 validUntil, bool isDistrusted) private view {
        IAgencyRegistry.Operator memory expected = IAgencyRegistry.Operator(
            AGENCY,
            uint48(validFrom),
            uint48(validUntil),
            isDistrusted
        );
        vm.assertEq(
            keccak256(abi.encode(registry.operatorOf(OPERATOR))),
            keccak256(abi.encode(expected))
        );
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract AgencyRegistryTest is Deployment {
    /// @dev The base point of P-256 (FIPS 186-4, D.1.2.3): a point of the curve, so a possible key.
    bytes32 private constant X = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
    bytes32 private constant Y = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
    bytes32 private constant KEY = keccak256(abi.encode(X, Y));

    IAgencyRegistry.KeyAlgorithm private constant P256 = IAgencyRegistry.KeyAlgorithm.P256;

    IAgencyRegistry.AgencyStatus private constant ACTIVE = IAgencyRegistry.AgencyStatus.Active;
    IAgencyRegistry.AgencyStatus private constant SUSPENDED = IAgencyRegistry
        .AgencyStatus
        .Suspended;
    IAgencyRegistry.AgencyStatus private constant CLOSED = IAgencyRegistry.AgencyStatus.Closed;
    IAgencyRegistry.AgencyStatus private constant UNKNOWN = IAgencyRegistry.AgencyStatus.Unknown;

    // Agencies

    function test_aRegisteredAgencyIsActiveInItsRegion() public {
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.AgencyRegistered(AGENCY, SANYA, unicode"局", NOW - 9, BASIS, CITY, 1);
        vm.prank(CITY);
        registry.registerAgency(AGENCY, SANYA, unicode"局", NOW - 9, BASIS);

        _assertAgency(IAgencyRegistry.Agency(SANYA, ACTIVE, NOW - 9));
        vm.assertEq(registry.sequence(), 1);
    }

    function test_anAgencyIsRegisteredByAnAuthorityOverItsRegionOnly() public {
        _refuseRegistration(DISTRICT, SANYA);
        _refuseRegistration(NEIGHBOUR_CITY, SANYA);
        _refuseRegistration(NEIGHBOUR_PROVINCE, SANYA);
        _refuseRegistration(STRANGER, SANYA);
        _registerBy(PROVINCE, SANYA);
    }

    function test_aNationalBodyIsRegisteredByTheNationalAuthorityOnly() public {
        _refuseRegistration(PROVINCE, COUNTRY);
        _registerBy(NATION, COUNTRY);
        _assertAgency(IAgencyRegistry.Agency(COUNTRY, ACTIVE, NOW));
    }

    function test_aMalformedAgencyCodeIsRefused() public {
        bytes18 code = "11460200MB1234567!";
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryMalformedAgency.selector, code)
        );
        vm.prank(NATION);
        registry.registerAgency(code, SANYA, "", NOW, BASIS);
    }

    function test_anInvalidRegionIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidRegion.selector,
                uint24(4602)
            )
        );
        _registerBy(NATION, 4602);
    }

    function test_anAgencyIsRegisteredOnce() public {
        _registerBy(CITY, SANYA);
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryAgencyExists.selector, AGENCY)
        );
        _registerBy(NATION, HAIKOU);
    }

    function test_aClosedAgencyIsNotRegisteredAnew() public {
        _registerBy(CITY, SANYA);
        _setStatus(CITY, CLOSED);
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryAgencyExists.selector, AGENCY)
        );
        _registerBy(CITY, SANYA);
    }

    function test_anAgencyIsSuspendedResumedAndClosed() public {
        _registerBy(CITY, SANYA);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.AgencyStatusChanged(AGENCY, SUSPENDED, NOW + 5, BASIS, PROVINCE, 2);
        vm.prank(PROVINCE);
        registry.setAgencyStatus(AGENCY, SUSPENDED, NOW + 5, BASIS);
        _assertAgency(IAgencyRegistry.Agency(SANYA, SUSPENDED, NOW + 5));

        _setStatus(CITY, ACTIVE);
        _assertAgency(IAgencyRegistry.Agency(SANYA, ACTIVE, NOW));
        _setStatus(CITY, CLOSED);
        _assertAgency(IAgencyRegistry.Agency(SANYA, CLOSED, NOW));
    }

    function test_aSuspendedAgencyCanBeClosed() public {
        _registerBy(CITY, SANYA);
        _setStatus(CITY, SUSPENDED);
        _setStatus(CITY, CLOSED);
    }

    function test_anAgencyKeepsNoStatusTwiceAndBecomesNeverUnknown() public {
        _registerBy(CITY, SANYA);
        _refuseStatus(ACTIVE, ACTIVE);
        _refuseStatus(ACTIVE, UNKNOWN);
        _setStatus(CITY, SUSPENDED);
        _refuseStatus(SUSPENDED, SUSPENDED);
        _refuseStatus(SUSPENDED, UNKNOWN);
    }

    function test_aClosedAgencyStaysClosed() public {
        _registerBy(CITY, SANYA);
        _setStatus(CITY, CLOSED);
        _refuseStatus(CLOSED, ACTIVE);
        _refuseStatus(CLOSED, SUSPENDED);
        _refuseStatus(CLOSED, CLOSED);
        _refuseStatus(CLOSED, UNKNOWN);
    }

    function test_onlyAnAuthorityOverItsRegionChangesAnAgency() public {
        _startIssuing();
        address[5] memory others = [
            DISTRICT,
            NEIGHBOUR_CITY,
            NEIGHBOUR_PROVINCE,
            OPERATOR,
            STRANGER
        ];
        for (uint256 i = 0; i < others.length; i++) _refuseEveryChangeBy(others[i]);
    }

    function test_everyAuthorityOverItsRegionChangesAnAgency() public {
        _startIssuing();
        address[3] memory authorities = [CITY, PROVINCE, NATION];
        for (uint256 i = 0; i < authorities.length; i++) {
            uint64 before = registry.sequence();
            _changeEverythingBy(authorities[i], bytes32(i));
            vm.assertEq(registry.sequence(), before + 8);
        }
    }

    function test_nothingIsChangedOfAnUnknownAgency() public {
        _publish(TYPE);
        _expectUnknownAgency();
        _setStatus(NATION, SUSPENDED);
        _expectUnknownAgency();
        _entitle(AGENCY, TYPE);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        _expectUnknownAgency();
        _employ(AGENCY, OPERATOR);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.distrustOperator(AGENCY, OPERATOR, NOW, BASIS);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.liftOperatorDistrust(AGENCY, OPERATOR, BASIS);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.addDocumentKey(AGENCY, P256, X, Y, 0, 0, BASIS);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.endDocumentKey(AGENCY, KEY, BASIS);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.distrustDocumentKey(AGENCY, KEY, BASIS);
        _expectUnknownAgency();
        vm.prank(NATION);
        registry.liftDocumentKeyDistrust(AGENCY, KEY, BASIS);
    }

    // Entitlements

    function test_anEntitlementIsKeptWithItsWindowAndAssurance() public {
        _publish(OTHER_TYPE);
        _publish(TYPE);
        _registerBy(CITY, SANYA);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.EntitlementGranted(AGENCY, TYPE, NOW, NOW + 9, 3, BASIS, CITY, 2);
        vm.prank(CITY);
        registry.grantEntitlement(AGENCY, TYPE, NOW, NOW + 9, 3, BASIS);

        _assertEntitlement(IAgencyRegistry.Entitlement(NOW, NOW + 9, 2, 3));
    }

    function test_anEntitlementGrantedAgainReplacesTheFormer() public {
        _startIssuing();
        _grant(NOW + 1, NOW + 2, 1);
        _assertEntitlement(IAgencyRegistry.Entitlement(NOW + 1, NOW + 2, 1, 1));
    }

    function test_anUnknownTypeIsNotGranted() public {
        _registerBy(CITY, SANYA);
        _expectUnknownType();
        _entitle(AGENCY, TYPE);
    }

    function test_aRetiredTypeIsNotGranted() public {
        _startIssuing();
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
        _expectUnknownType();
        _entitle(AGENCY, TYPE);
    }

    function test_theAssuranceLevelIsOneToFour() public {
        _startIssuing();
        for (uint8 level = 1; level <= 4; level++) _grant(0, 0, level);
        _refuseAssurance(0);
        _refuseAssurance(5);
        _refuseAssurance(255);
    }

    function test_aWindowThatEndsBeforeItStartsIsRefused() public {
        _startIssuing();
        _expectInvalidWindow(NOW, NOW);
        _grant(NOW, NOW, 4);
        _expectInvalidWindow(NOW, NOW - 1);
        _grant(NOW, NOW - 1, 4);
        _expectInvalidWindow(5, 4);
        vm.prank(NATION);
        registry.addOperator(AGENCY, STRANGER, 5, 4, BASIS);
        _expectInvalidWindow(5, 5);
        vm.prank(NATION);
        registry.addDocumentKey(AGENCY, P256, X, Y, 5, 5, BASIS);
    }

    function test_anEndedEntitlementEndsNow() public {
        _startIssuing();
        vm.warp(NOW + 7);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.EntitlementEnded(AGENCY, TYPE, BASIS, CITY, 4);
        vm.prank(CITY);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        _assertEntitlement(IAgencyRegistry.Entitlement(0, NOW + 7, 1, 4));
    }

    function test_onlyARunningEntitlementIsEnded() public {
        _startIssuing();
        _expectNotEntitled(OTHER_TYPE);
        vm.prank(NATION);
        registry.endEntitlement(AGENCY, OTHER_TYPE, BASIS);

        vm.prank(NATION);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        _expectNotEntitled(TYPE);
        vm.prank(NATION);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
    }

    // Operators

    function test_anOperatorIsKeptWithItsWindow() public {
        _registerBy(CITY, SANYA);
        uint48 end = uint48(NOW + 9);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.OperatorAdded(AGENCY, OPERATOR, NOW, end, BASIS, CITY, 2);
        vm.prank(CITY);
        registry.addOperator(AGENCY, OPERATOR, uint48(NOW), end, BASIS);

        _assertOperator(IAgencyRegistry.Operator(AGENCY, uint48(NOW), end, false));
    }

    function test_anAccountServesOneAgencyEver() public {
        _startIssuing();
        _register(OTHER_AGENCY, GUANGDONG);
        _expectTaken();
        _employ(OTHER_AGENCY, OPERATOR);
        _dismiss();
        _expectTaken();
        _employ(OTHER_AGENCY, OPERATOR);
    }

    function test_aRemovedOperatorStopsNow() public {
        _startIssuing();
        vm.warp(NOW + 7);
        vm.expectEmit(address(registry));
        emit IAgencyRegistry.OperatorRemoved(AGENCY, OPERATOR, BASIS, CITY, 4);
        vm.prank(CITY);
        registry.removeOperator(OPERATOR, BASIS);

        _assertOperator(IAgencyRegistry.Operator(AGENCY, 0, uint48(NOW + 7), false));
        _expectNotAnOperator(OPERATOR);
        registry.issuerOf(OPERATOR, TYPE);
    }

    function test_aRemovedOperatorMayServeItsAgencyAgain() public {
        _startIssuing();
        _dismiss();
        _employ(AGENCY, OPERATOR);
        _assertOperator(IAgencyRegistry.Operator(AGENCY, 0, 0, false));
        _assertIssues();
    }

    function test_onlyAServingOperatorIsRemoved() public {
        _startIssuing();
        _expectNotAnOperator(STRANGER);
        vm.prank(NATION);
        registry.removeOperator(STRANGER, BASIS);
        _dismiss();
        vm.warp(NOW + 1);
        _expectNotAnOperator(OPERATOR);
        _dismiss();
        _assertOperator(IAgencyRegistry.Operator(AGENCY, 0, uint48(NOW), false));
    }

    // Who may issue

    function test_anActiveOperatorOfAnActiveEntitledAgencyMayIssue() public {
        _startIssuing();
        _assertIssues();
    }

    function test_aStrangerMayNotIssue() public {
        _startIssuing();
        _expectNotAnOperator(STRANGER);
        registry.issuerOf(STRANGER, TYPE);
    }

    function test_anOperatorIssuesFromTheStartOfItsWindowUntilBeforeItsEnd() public {
        _startIssuing();
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, uint48(NOW + 10), uint48(NOW + 20), BASIS);
        vm.warp(NOW + 9);
        _expectNotAnOperator(OPERATOR);
        registry.issuerOf(OPERATOR, TYPE);
        vm.warp(NOW + 10);
        _assertIssues();
        vm.warp(NOW + 19);
        _assertIssues();
        vm.warp(NOW + 20);
        _expectNotAnOperator(OPERATOR);
        registry.issuerOf(OPERATOR, TYPE);
    }

    function test_anAgencyIssuesFromTheStartOfItsEntitlementUntilBeforeItsEnd() public {
        _startIssuing();
        _grant(NOW + 10, NOW + 20, 4);
        vm.warp(NOW + 9);
        _expectNotEntitled(TYPE);
        registry.issuerOf(OPERATOR, TYPE);
        vm.warp(NOW + 10);
        _assertIssues();
        vm.warp(NOW + 19);
        _assertIssues();
        vm.warp(NOW + 20);
        _expectNotEntitled(TYPE);
        registry.issuerOf(OPERATOR, TYPE);
    }

    function test_anAgencyIssuesNothingThatItIsNotEntitledTo() public {
        _startIssuing();
        _expectNotEntitled(OTHER_TYPE);
        registry.issuerOf(OPERATOR, OTHER_TYPE);
    }

    function test_aSuspendedOrClosedAgencyIssuesNothing() public {
        _startIssuing();
        _setStatus(CITY, SUSPENDED);
        _expectInactive(SUSPENDED);
        registry.issuerOf(OPERATOR, TYPE);
        _setStatus(CITY, ACTIVE);
        _assertIssues();
        _setStatus(CITY, CLOSED);
        _expectInactive(CLOSED);
        registry.issuerOf(OPERATOR, TYPE);
    }

    function test_anAgencyGoesOnIssuingATypeThatWasRetired() public {
        _startIssuing();
        vm.prank(NATION);
        catalog.retireType(TYPE, BASIS);
        _assertIssues();
    }

    // Who acts for an agency

    function test_itsOperatorActsForAnActiveAgencyWithinItsWindow() public {
        _startIssuing();
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, uint48(NOW + 10), uint48(NOW + 20), BASIS);
        _assertActs(OPERATOR, AGENCY, false);
        vm.warp(NOW + 10);
        _assertActs(OPERATOR, AGENCY, true);
        vm.warp(NOW + 19);
        _assertActs(OPERATOR, AGENCY, true);
        vm.warp(NOW + 20);
        _assertActs(OPERATOR, AGENCY, false);
    }

    function test_nobodyActsForASuspendedClosedOrUnknownAgency() public {
        _startIssuing();
        _setStatus(CITY, SUSPENDED);
        _assertActs(OPERATOR, AGENCY, false);
        _setStatus(CITY, CLOSED);
        _assertActs(OPERATOR, AGENCY, false);
        _assertActs(STRANGER, OTHER_AGENCY, false);
        _assertActs(STRANGER, 0, false);
    }

    function test_noOneButItsOperatorActsForAnAgency() public {
        _startIssuing();
        _register(OTHER_AGENCY, SANYA);
        _employ(OTHER_AGENCY, STRANGER);
        _assertActs(OPERATOR, OTHER_AGENCY, false);
        _assertActs(STRANGER, AGENCY, false);
        _assertActs(CITY, AGENCY, false);
        _assertActs(NATION, AGENCY, false);
    }

    // Who may change a status

    function test_itsOperatorAndItsAuthoritiesMayChangeAStatus() public {
        _startIssuing();
        _assertMayChange(OPERATOR, true);
        _assertMayChange(CITY, true);
        _assertMayChange(PROVINCE, true);
        _assertMayChange(NATION, true);
    }

    function test_nobodyElseMayChangeAStatus() public {
        _startIssuing();
        _register(OTHER_AGENCY, SANYA);
        _employ(OTHER_AGENCY, STRANGER);
        _assertMayChange(STRANGER, false);
        _assertMayChange(DISTRICT, false);
        _assertMayChange(NEIGHBOUR_CITY, false);
        _assertMayChange(NEIGHBOUR_PROVINCE, false);
    }

    function test_anOperatorChangesAStatusOnlyWithinItsWindow() public {
        _startIssuing();
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, uint48(NOW + 10), uint48(NOW + 20), BASIS);
        _assertMayChange(OPERATOR, false);
        vm.warp(NOW + 10);
        _assertMayChange(OPERATOR, true);
        vm.warp(NOW + 20);
        _assertMayChange(OPERATOR, false);
    }

    function test_onlyItsAuthorityChangesAStatusOfASuspendedAgency() public {
        _startIssuing();
        _setStatus(CITY, SUSPENDED);
        _assertMayChange(OPERATOR, false);
        _assertMayChange(CITY, true);
    }

    function test_nobodyMayChangeAStatusOfAnUnknownAgency() public view {
        _assertMayChange(NATION, false);
        _assertMayChange(STRANGER, false);
    }

    function testFuzz_anOperatorIssuesExactlyWithinItsWindow(
        uint48 validFrom,
        uint48 validUntil,
        uint48 time
    ) public {
        vm.assume(validUntil == 0 || validUntil > validFrom);
        _startIssuing();
        vm.prank(NATION);
        registry.addOperator(AGENCY, OPERATOR, validFrom, validUntil, BASIS);
        vm.warp(time);
        bool isOpen = time >= validFrom && (validUntil == 0 || time < validUntil);
        _assertMayChange(OPERATOR, isOpen);
        if (!isOpen) _expectNotAnOperator(OPERATOR);
        registry.issuerOf(OPERATOR, TYPE);
    }

    // Steps

    function _registerBy(address caller, uint24 region) private {
        vm.prank(caller);
        registry.registerAgency(AGENCY, region, unicode"局", NOW, BASIS);
    }

    function _refuseRegistration(address caller, uint24 region) private {
        _expectUnauthorised(caller, region);
        _registerBy(caller, region);
    }

    function _setStatus(address caller, IAgencyRegistry.AgencyStatus status) private {
        vm.prank(caller);
        registry.setAgencyStatus(AGENCY, status, NOW, BASIS);
    }

    function _refuseStatus(
        IAgencyRegistry.AgencyStatus from,
        IAgencyRegistry.AgencyStatus to
    ) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidStatusChange.selector,
                AGENCY,
                from,
                to
            )
        );
        _setStatus(NATION, to);
    }

    function _grant(uint64 validFrom, uint64 validUntil, uint8 assurance) private {
        vm.prank(NATION);
        registry.grantEntitlement(AGENCY, TYPE, validFrom, validUntil, assurance, BASIS);
    }

    function _refuseAssurance(uint8 assurance) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidAssurance.selector,
                assurance
            )
        );
        _grant(0, 0, assurance);
    }

    function _dismiss() private {
        vm.prank(NATION);
        registry.removeOperator(OPERATOR, BASIS);
    }

    function _changeEverythingBy(address caller, bytes32 seed) private {
        address account = address(bytes20(keccak256(abi.encode(seed))));
        vm.prank(caller);
        registry.setAgencyStatus(AGENCY, SUSPENDED, NOW, BASIS);
        vm.prank(caller);
        registry.setAgencyStatus(AGENCY, ACTIVE, NOW, BASIS);
        vm.prank(caller);
        registry.grantEntitlement(AGENCY, TYPE, 0, 0, 4, BASIS);
        vm.prank(caller);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        vm.prank(caller);
        registry.addOperator(AGENCY, account, 0, 0, BASIS);
        vm.prank(caller);
        registry.removeOperator(account, BASIS);
        vm.prank(caller);
        registry.distrustOperator(AGENCY, account, 0, BASIS);
        vm.prank(caller);
        registry.liftOperatorDistrust(AGENCY, account, BASIS);
    }

    function _refuseEveryChangeBy(address caller) private {
        _expectUnauthorised(caller, SANYA);
        _setStatus(caller, SUSPENDED);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.grantEntitlement(AGENCY, TYPE, 0, 0, 4, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.endEntitlement(AGENCY, TYPE, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.addOperator(AGENCY, caller, 0, 0, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.removeOperator(OPERATOR, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.distrustOperator(AGENCY, OPERATOR, 0, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.liftOperatorDistrust(AGENCY, OPERATOR, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.addDocumentKey(AGENCY, P256, X, Y, 0, 0, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.endDocumentKey(AGENCY, KEY, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.distrustDocumentKey(AGENCY, KEY, BASIS);
        _expectUnauthorised(caller, SANYA);
        vm.prank(caller);
        registry.liftDocumentKeyDistrust(AGENCY, KEY, BASIS);
    }

    function _expectUnknownAgency() private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryUnknownAgency.selector, AGENCY)
        );
    }

    function _expectUnknownType() private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryUnknownType.selector, TYPE)
        );
    }

    function _expectNotEntitled(bytes21 certificateType) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryNotEntitled.selector,
                AGENCY,
                certificateType
            )
        );
    }

    function _expectInactive(IAgencyRegistry.AgencyStatus status) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInactiveAgency.selector,
                AGENCY,
                status
            )
        );
    }

    function _expectInvalidWindow(uint64 validFrom, uint64 validUntil) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryInvalidWindow.selector,
                validFrom,
                validUntil
            )
        );
    }

    function _expectTaken() private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAgencyRegistry.AgencyRegistryOperatorTaken.selector,
                OPERATOR,
                AGENCY
            )
        );
    }

    function _expectNotAnOperator(address account) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAgencyRegistry.AgencyRegistryNotAnOperator.selector, account)
        );
    }

    function _assertIssues() private view {
        (bytes18 agency, uint32 typeNumber) = registry.issuerOf(OPERATOR, TYPE);
        vm.assertTrue(agency == AGENCY);
        vm.assertEq(typeNumber, 1);
    }

    function _assertActs(address account, bytes18 agency, bool expected) private view {
        vm.assertTrue(registry.isActiveOperator(account, agency) == expected);
    }

    function _assertMayChange(address account, bool expected) private view {
        vm.assertTrue(registry.mayChangeStatus(account, AGENCY) == expected);
    }

    function _assertAgency(IAgencyRegistry.Agency memory expected) private view {
        vm.assertEq(
            keccak256(abi.encode(registry.agencyOf(AGENCY))),
            keccak256(abi.encode(expected))
        );
    }

    function _assertOperator(IAgencyRegistry.Operator memory expected) private view {
        vm.assertEq(
            keccak256(abi.encode(registry.operatorOf(OPERATOR))),
            keccak256(abi.encode(expected))
        );
    }

    function _assertEntitlement(IAgencyRegistry.Entitlement memory expected) private view {
        vm.assertEq(
            keccak256(abi.encode(registry.entitlementOf(AGENCY, TYPE))),
            keccak256(abi.encode(expected))
        );
    }
}
